import { DomainError } from '../../core/errors/index.js';

/** What became of a request to Vault that did not succeed. */
export class VaultFailure extends DomainError {
  constructor(
    /** Null when nobody answered. */
    readonly status: number | null,
    /** In Vault's words; never holds what was sent. */
    readonly reasons: readonly string[],
    options: ConstructorParameters<typeof DomainError>[0],
  ) {
    super(options);
  }

  /** Sealed, starting, restarting, unreachable: the same request may succeed later. */
  get isTemporary(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

/**
 * Vault answers errors as `{"errors": ["…"]}` (https://developer.hashicorp.com/vault/api-docs#error-response). The client's
 * own error is left behind: it holds the request with token and plaintext.
 */
export function vaultFailure(error: unknown, path: string): VaultFailure {
  const response = responseOf(error);
  if (response === null) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    return failure(null, [], 'VAULT.UNAVAILABLE', `Vault did not answer (${code}).`);
  }
  const { status, reasons } = response;
  if (status === 503 && reasons.some((one) => /sealed/i.test(one))) {
    return failure(
      status,
      reasons,
      'VAULT.SEALED',
      'Vault is sealed. Unseal it; this is tried again.',
    );
  }
  if (status === 403) {
    return failure(
      status,
      reasons,
      'VAULT.DENIED',
      `Vault does not allow this process to use ${path}. Compare its policy with vault/policies.`,
    );
  }
  if (status === 429 || status >= 500) {
    return failure(status, reasons, 'VAULT.UNAVAILABLE', `Vault answered ${status}.`);
  }
  const said = reasons.join('; ').slice(0, 200) || `status ${status}`;
  return failure(status, reasons, 'VAULT.REFUSED', `Vault refused a request to ${path}: ${said}.`);
}

function failure(
  status: number | null,
  reasons: readonly string[],
  code: string,
  message: string,
): VaultFailure {
  return new VaultFailure(status, reasons, {
    code,
    kind: 'unavailable',
    message,
    details: status === null ? {} : { status },
    logLevel: 'error',
  });
}

function responseOf(error: unknown): { status: number; reasons: string[] } | null {
  if (!(error instanceof Error) || !('response' in error)) return null;
  const response = error.response as { statusCode?: unknown; body?: unknown } | undefined;
  if (typeof response?.statusCode !== 'number') return null;
  const body = response.body as { errors?: unknown } | null | undefined;
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return { status: response.statusCode, reasons: errors.map(String) };
}
