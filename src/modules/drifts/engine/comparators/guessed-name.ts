import type { Comparator } from '../comparator.js';

/** Two fields paired by likeness of their names: a difference may as well mean that they are not the same field. */
export const guessedName: Comparator = {
  name: 'guessed-name',
  rule(declared, actual, field) {
    if (field.facts.guessed !== true) return undefined;
    if (
      typeof declared === 'object' &&
      declared !== null &&
      typeof actual === 'object' &&
      actual !== null
    )
      return undefined;
    return {
      kind: 'unverifiable',
      why: `${field.actualPath} is the nearest field of the API; nothing published says it is this one.`,
    };
  },
};
