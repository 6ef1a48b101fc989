import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * The passwords people choose most, from leaks, in lower case: the list of `@zxcvbn-ts/language-common` (49,000 entries,
 * built from the leaked-password lists of https://github.com/danielmiessler/SecLists). No network is asked.
 */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);
/** Shorter entries would be found inside every long passphrase. */
const SHORTEST_REPEATED = 3;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether a password is a common one, also when it was only decorated: digits and signs around it, letters replaced
 * by digits, capitals, or the same word again and again. The entries are shorter than what the policy
 * asks for, so it is the decorated ones that people try.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  return [lower, undoLeet(lower)].some((text) =>
    [text, text.replace(/^[\d\W_]+|[\d\W_]+$/g, '')].some(
      (core) => core !== '' && (COMMON.has(core) || COMMON.has(repeatedPart(core))),
    ),
  );
}

function undoLeet(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
}

/** `abc` of `abcabcab`; the text itself when nothing repeats. */
function repeatedPart(text: string): string {
  for (let length = SHORTEST_REPEATED; length <= text.length / 2; length++) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}
