import { authErrors } from '../auth.errors.js';
import { isCommonPassword } from './common-passwords.js';

export const MIN_PASSWORD_LENGTH = 12;
/** argon2 would take more; longer ones only cost time. */
export const MAX_PASSWORD_LENGTH = 256;
/** Shorter names are inside too many good passwords to be refused. */
const SHORTEST_CONTEXT_WORD = 4;
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiopasdfghjklzxcvbnm'];

export interface PasswordContext {
  readonly username: string;
  /** Names somebody would try first: the organization, the mail address. */
  readonly words?: readonly string[];
  /** The one that is replaced, when it is known. */
  readonly current?: string;
}

/**
 * NIST SP 800-63B: length, a list of common and leaked passwords, words of the context, repetition and sequences.
 * No rules about kinds of characters, no expiry.
 *
 * @throws DomainError `AUTH.WEAK_PASSWORD` that says what to do.
 */
export function assertGoodPassword(password: string, context: PasswordContext): void {
  const problem = problemOf(password, context);
  if (problem !== null) throw authErrors.weakPassword(problem);
}

function problemOf(password: string, context: PasswordContext): string | null {
  const lower = password.toLowerCase();
  if (Array.from(password).length < MIN_PASSWORD_LENGTH) {
    return `Use at least ${MIN_PASSWORD_LENGTH} characters.`;
  }
  if (lower.includes(context.username.toLowerCase())) {
    return 'The password must not contain the username.';
  }
  const word = contextWords(context.words ?? []).find((one) => lower.includes(one));
  if (word !== undefined) {
    return 'The password must not contain the name of the organization or the mail address.';
  }
  if (new Set(password).size < MIN_PASSWORD_LENGTH / 2) return 'Use more different characters.';
  if (isSequence(lower)) return 'Do not use a row of the keyboard, the alphabet or of digits.';
  if (isCommonPassword(password)) {
    return 'This is one of the most used passwords, or hardly differs from one; choose another.';
  }
  if (password === context.current) return 'The new password must differ from the current one.';
  return null;
}

function contextWords(words: readonly string[]): string[] {
  return words
    .flatMap((one) => [one, ...one.split(/[@.\s_-]+/)])
    .map((one) => one.toLowerCase())
    .filter((one) => one.length >= SHORTEST_CONTEXT_WORD);
}

/** Runs of a known row, forward or backward, joined: `abcdefgh1234`. Left over are the parts that belong to none. */
function isSequence(lower: string): boolean {
  const rows = SEQUENCES.flatMap((row) => [row, Array.from(row).reverse().join('')]);
  let [position, runs] = [0, 0];
  while (position < lower.length) {
    const run = longestRun(lower, position, rows);
    runs += 1;
    position += run;
  }
  return runs <= lower.length / SHORTEST_CONTEXT_WORD;
}

function longestRun(text: string, from: number, rows: readonly string[]): number {
  let length = 1;
  while (
    from + length < text.length &&
    rows.some((row) => row.includes(text.slice(from, from + length + 1)))
  ) {
    length += 1;
  }
  return length;
}
