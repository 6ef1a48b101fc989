import type { Comparator } from '../comparator.js';

/** One port and the range that holds only it: Compute answers `80-80` for `80` (google provider: PortRangeDiffSuppress). */
export const portRange: Comparator = {
  name: 'port-range',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const [short, long] = declared.length < actual.length ? [declared, actual] : [actual, declared];
    if (!/^\d{1,5}$/.test(short) || long !== `${short}-${short}`) return undefined;
    return { kind: 'same', why: 'One port, alone and as a range from itself to itself.' };
  },
};
