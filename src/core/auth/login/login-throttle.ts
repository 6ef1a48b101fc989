import { Injectable } from '@nestjs/common';
import { type AttemptLimit, AttemptLimiter } from '../../redis/index.js';
import { authErrors } from '../auth.errors.js';

/** Of one account from one address. */
export const MAX_FAILURES = 10;
/** Of one account from anywhere: what a botnet may guess. */
const MAX_ACCOUNT_FAILURES = 100;
/** Of one address against any account: what spraying one password may try. An office shares an address. */
const MAX_ADDRESS_FAILURES = 300;
const WINDOW_SECONDS = 15 * 60;

export interface LoginAttempt {
  readonly organization: string | null;
  readonly username: string;
  readonly ip: string;
}

/**
 * Slows down guessing, over all processes. The narrow limit counts per account *and* address, so that nobody locks a
 * user out from elsewhere by a handful of attempts. Names nobody has are counted the same way.
 */
@Injectable()
export class LoginThrottle {
  constructor(private readonly limiter: AttemptLimiter) {}

  /** @throws DomainError `AUTH.TOO_MANY_ATTEMPTS`, also for the right password. */
  async take(attempt: LoginAttempt): Promise<void> {
    const { own, wide } = limitsOf(attempt);
    // What the narrow limit refuses is not counted against the wide ones: one address alone must not use those up.
    const allowed = (await this.limiter.take([own])) && (await this.limiter.take(wide));
    if (!allowed) throw authErrors.tooManyAttempts();
  }

  async noteSuccess(attempt: LoginAttempt): Promise<void> {
    const { own, wide } = limitsOf(attempt);
    await Promise.all([this.limiter.forget(own), this.limiter.giveBack(wide)]);
  }
}

function limitsOf({ organization, username, ip }: LoginAttempt): {
  readonly own: AttemptLimit;
  readonly wide: readonly AttemptLimit[];
} {
  const windowSeconds = WINDOW_SECONDS;
  const account = [organization, username.toLowerCase()];
  return {
    own: { name: 'login/own', who: [ip, ...account], max: MAX_FAILURES, windowSeconds },
    wide: [
      { name: 'login/account', who: account, max: MAX_ACCOUNT_FAILURES, windowSeconds },
      { name: 'login/address', who: [ip], max: MAX_ADDRESS_FAILURES, windowSeconds },
    ],
  };
}
