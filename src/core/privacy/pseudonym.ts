import { randomBytes } from 'node:crypto';

export interface PersonNames {
  readonly username: string;
  /** Empty where there is none. */
  readonly email: string;
}

/** Not derived from anything: it leads back to nobody. */
export function newPseudonym(): string {
  return `anonymised-${randomBytes(6).toString('hex')}`;
}

/** An address that can belong to nobody, RFC 2606. */
export function pseudonymousAddress(pseudonym: string): string {
  return `${pseudonym}@anonymised.invalid`;
}

/** Takes a person's mail address and, if wanted, username out of a text, in any case, as whole words. */
export function scrubber(
  person: PersonNames,
  pseudonym: string,
  names: 'all' | 'address',
): (text: string) => string {
  const replacements: [RegExp, string][] = [];
  if (person.email !== '') {
    replacements.push([wholeWord(person.email), pseudonymousAddress(pseudonym)]);
  }
  if (names === 'all') replacements.push([wholeWord(person.username), pseudonym]);
  return (text) =>
    replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, () => by), text);
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal(text)}(?![\\p{L}\\p{N}_])`, 'giu');
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
