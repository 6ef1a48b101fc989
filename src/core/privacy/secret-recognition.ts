/**
 * Last word of a key that names a secret value. It must end the key: `secret_arn`, `token_endpoint` and
 * `password_policy` are not secrets.
 */
const SECRET_KEY =
  /(?:^|[^a-z]|(?<=[a-z])(?=[A-Z]))(?:password|passwd|passphrase|pwd|secret|token|credential|credentials|private_?key|secret_?key|api_?key|access_?key|account_?key|shared_?key|master_?key|encryption_?key|auth_?key|client_?secret|connection_?string|primary_?key|secondary_?key|secret_?string|sas_?token)(?:_wo)?(?:_?base64)?$/i;

/** Keys that end like a secret and hold an identifier, a switch or a schedule. */
const HARMLESS_KEY =
  /(?:public_?key|key_?id|next_?token|continue|continuation_?token|pagination_?token|client_?token|client_request_token|partition_?key|primary_?key_?columns|http_?tokens?|secret_?name|secret_?arn|service_?account_?token)$/i;

const SECRET_VALUE = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/,
  // URL with a password: `postgres://user:password@host`.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@]+@/i,
  // JSON web token.
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/,
  // Tokens whose issuers published a prefix so that scanners can find them.
  /\b(?:ghp|gho|ghu|ghs|ghr|github_pat|glpat|xox[abprs]|sk_live|rk_live|npm|dop_v1)[-_][\w-]{16,}/,
  // An API key of DriftGuard.
  /\bdg_[0-9A-Za-z]{93}\b/,
  /\bAIza[\w-]{35}\b/,
  /\bhv[sb]\.[\w-]{20,}/,
  // Azure storage and service bus connection strings.
  /(?:AccountKey|SharedAccessKey|Password|Pwd)=[^;\s]{6,}/i,
] as const;

/** Something every secret text has; most texts have none of it and need no closer look. */
const HINT =
  /:\/\/|(?:key|password|pwd)=|-----BEGIN|eyJ|AIza|(?:gh[pousr]|pat|xox[abprs]|live|npm|v1)[-_]|hv[sb]\.|dg_/i;
const MAX_KNOWN_KEYS = 20_000;
const knownKeys = new Map<string, boolean>();

/** Whether a key says that its value is a secret. */
export function isSecretKey(key: string): boolean {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const secret = SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
  // The same few names stand in every resource of a type.
  if (knownKeys.size >= MAX_KNOWN_KEYS) knownKeys.clear();
  knownKeys.set(key, secret);
  return secret;
}

/** Whether a text is or carries a secret whatever its key says. */
export function isSecretText(text: string): boolean {
  return text.length >= 12 && HINT.test(text) && SECRET_VALUE.some((pattern) => pattern.test(text));
}
