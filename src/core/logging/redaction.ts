/** Names of fields whose values never appear in logs, audit entries or error details. */
const SECRET_NAME =
  /pass(word|wd)?(_|$)|password|secret|token|authorization|cookie|api[-_]?key|private[-_]?key|credential|webhook_url|client_key|kubeconfig|otp_code/i;
export const MASK = '[redacted]';

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A copy in which every value under a secret name is masked, at any depth; cut off below `depth` levels. */
export function maskSecrets(value: unknown, depth = 8): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth === 0) return '[cut off]';
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isSecretName(name) && item !== null && item !== '' && typeof item !== 'boolean'
        ? MASK
        : maskSecrets(item, depth - 1),
    ]),
  );
}
