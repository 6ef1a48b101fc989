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
  const { status, reasons } = responseOf(error);
  return new VaultFailure(status, reasons, {
    ...wordsOf(error, status, reasons, path),
    details: status === null ? {} : { status },
    logLevel: 'error',
  });
}

function wordsOf(
  error: unknown,
  status: number | null,
  reasons: readonly string[],
  path: string,
): Pick<ConstructorParameters<typeof DomainError>[0], 'code' | 'kind' | 'message'> {
  if (status === 503 && reasons.some((one) => /sealed/i.test(one))) {
    return {
      code: 'VAULT.SEALED',
      kind: 'unavailable',
      message: 'Vault is sealed. Unseal it; requests to it are tried again.',
    };
  }
  if (status === 403) {
    return {
      code: 'VAULT.DENIED',
      kind: 'unavailable',
      message: `Vault does not allow this process to use ${path}. Compare its policy with vault/policies.`,
    };
  }
  if (status === null || status === 429 || status >= 500) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    return {
      code: 'VAULT.UNAVAILABLE',
      kind: 'unavailable',
      message: `Vault cannot be used now (${status ?? code}).`,
    };
  }
  const said = reasons.join('; ').slice(0, 200) || `status ${status}`;
  return {
    code: 'VAULT.REFUSED',
    kind: 'unavailable',
    message: `Vault refused a request to ${path}: ${said}.`,
  };
}

function responseOf(error: unknown): { status: number | null; reasons: readonly string[] } {
  const none = { status: null, reasons: [] };
  if (!(error instanceof Error) || !('response' in error)) return none;
  const response = error.response as { statusCode?: unknown; body?: unknown } | undefined;
  if (typeof response?.statusCode !== 'number') return none;
  const body = response.body as { errors?: unknown } | null | undefined;
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return { status: response.statusCode, reasons: errors.map(String) };
}
