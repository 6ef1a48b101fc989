import type { Comparator } from '../comparator.js';

/** A field only the service writes: a difference means the service did something, not that somebody changed it (F41). */
export const maintainedByService: Comparator = {
  name: 'maintained-by-service',
  rule(_declared, _actual, { facts, path }) {
    if (facts.readOnly !== true) return undefined;
    return { kind: 'expected', why: `${path} is computed by the service; no code can set it.` };
  },
};
