import type { Comparator } from '../comparator.js';

/** Bytes travel as base64 in JSON (Google API discovery, `format: byte`), where the code holds the text itself. */
export const base64Text: Comparator = {
  name: 'base64-text',
  rule(declared, actual, { facts }) {
    if (facts.kind !== 'bytes' || typeof declared !== 'string' || typeof actual !== 'string')
      return undefined;
    if (declared === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(actual)) return undefined;
    if (
      Buffer.from(declared, 'utf8').toString('base64') !==
      Buffer.from(actual, 'base64').toString('base64')
    )
      return undefined;
    return { kind: 'same', why: 'The same bytes, as text and as base64.' };
  },
};
