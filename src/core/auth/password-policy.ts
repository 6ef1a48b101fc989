import { authErrors } from './auth.errors.js';

export const MIN_PASSWORD_LENGTH = 12;
/** argon2 would take more; longer ones only cost time. */
export const MAX_PASSWORD_LENGTH = 256;

/** @throws DomainError `AUTH.WEAK_PASSWORD` that says what to do. */
export function assertGoodPassword(password: string, username: string, current?: string): void {
  if (password.length < MIN_PASSWORD_LENGTH) {
    throw authErrors.weakPassword(`Use at least ${MIN_PASSWORD_LENGTH} characters.`);
  }
  if (password.toLowerCase().includes(username.toLowerCase())) {
    throw authErrors.weakPassword('The password must not contain the username.');
  }
  if (new Set(password).size < MIN_PASSWORD_LENGTH / 2) {
    throw authErrors.weakPassword('Use more different characters.');
  }
  if (password === current) {
    throw authErrors.weakPassword('The new password must differ from the current one.');
  }
}
