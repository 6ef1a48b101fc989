import { Injectable } from '@nestjs/common';
import { authErrors } from './auth.errors.js';

export const MAX_FAILURES = 10;
export const WINDOW_MS = 15 * 60_000;
const MAX_REMEMBERED = 10_000;

interface Failures {
  count: number;
  readonly until: number;
}

/**
 * Slows down guessing. Counted per account *and* address, so that nobody can lock a user out from elsewhere; per
 * process, so an installation with several allows as many times more.
 */
@Injectable()
export class LoginThrottle {
  readonly #failures = new Map<string, Failures>();

  /** @throws DomainError `AUTH.TOO_MANY_ATTEMPTS`, also for the right password. */
  assertAllowed(key: string, now = Date.now()): void {
    const failures = this.#failures.get(key);
    if (failures === undefined) return;
    if (failures.until <= now) this.#failures.delete(key);
    else if (failures.count >= MAX_FAILURES) throw authErrors.tooManyAttempts();
  }

  noteFailure(key: string, now = Date.now()): void {
    const failures = this.#failures.get(key);
    if (failures !== undefined && failures.until > now) {
      failures.count += 1;
      return;
    }
    this.#forgetOldest();
    this.#failures.set(key, { count: 1, until: now + WINDOW_MS });
  }

  noteSuccess(key: string): void {
    this.#failures.delete(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#failures.keys();
    if (this.#failures.size >= MAX_REMEMBERED && oldest !== undefined) {
      this.#failures.delete(oldest);
    }
  }
}

export function throttleKey(login: {
  readonly organization: string | null;
  readonly username: string;
  readonly ip: string;
}): string {
  return JSON.stringify([login.ip, login.organization, login.username.toLowerCase()]);
}
