/** What kind of failure this is; the HTTP filter and the CLI map it, exhaustively, to a status or an exit code. */
export const ERROR_KINDS = [
  'notFound',
  'conflict',
  'invalid',
  'unauthenticated',
  'forbidden',
  'tooMany',
  'unavailable',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface DomainErrorOptions {
  /** Stable, upper-case, room first: `DRIFT.NOT_FOUND`. */
  readonly code: string;
  readonly kind: ErrorKind;
  /** What was wrong, where, and what to do. Shown to the caller: no secrets, no internals. */
  readonly message: string;
  /** Safe to show: file, line, field names. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly logLevel?: 'info' | 'warn' | 'error';
}

/** An expected failure. Everything else that is thrown is a bug and answers 500 with an error id. */
export class DomainError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>>;
  readonly logLevel: 'info' | 'warn' | 'error';

  constructor(options: DomainErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'DomainError';
    this.code = options.code;
    this.kind = options.kind;
    this.details = options.details ?? {};
    this.logLevel = options.logLevel ?? 'info';
  }
}
