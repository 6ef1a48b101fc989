import { DomainError } from '../errors/index.js';

/** Why a state could not be read. What is `unavailable` may work the next time; the rest needs somebody to change something. */
export const STATE_SOURCE_FAILURES = {
  'url-invalid': { code: 'SOURCE.URL_INVALID', kind: 'invalid' },
  'credentials-invalid': { code: 'SOURCE.CREDENTIALS_INVALID', kind: 'invalid' },
  denied: { code: 'SOURCE.DENIED', kind: 'invalid' },
  missing: { code: 'SOURCE.STATE_MISSING', kind: 'invalid' },
  'too-large': { code: 'SOURCE.STATE_TOO_LARGE', kind: 'invalid' },
  'answer-invalid': { code: 'SOURCE.ANSWER_INVALID', kind: 'invalid' },
  unreachable: { code: 'SOURCE.UNREACHABLE', kind: 'unavailable' },
  throttled: { code: 'SOURCE.THROTTLED', kind: 'unavailable' },
  truncated: { code: 'SOURCE.TRUNCATED', kind: 'unavailable' },
  changed: { code: 'SOURCE.CHANGED_WHILE_READ', kind: 'unavailable' },
} as const;
export type StateSourceFailure = keyof typeof STATE_SOURCE_FAILURES;

/**
 * A state that could not be read. It has no `cause`: what a client library throws may carry headers or a signed URL, so everything
 * worth knowing is in the message.
 */
export class StateSourceError extends DomainError {
  constructor(
    readonly failure: StateSourceFailure,
    /** The source as the user knows it. */
    readonly source: string,
    message: string,
    /** Milliseconds after which the store wants to be asked again; null where it did not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super({
      ...STATE_SOURCE_FAILURES[failure],
      message: `${source}: ${message}`,
      details: { source },
    });
    this.name = 'StateSourceError';
  }
}
