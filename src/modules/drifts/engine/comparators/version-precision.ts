import type { Comparator } from '../comparator.js';

const DOTTED = /^v?\d+(\.(\d+|x))*$/i;
const SENTINEL = /^\$?latest$/i;

const namesVersion = (key: string): boolean => /version$/i.test(key);

function isPrefix(short: readonly string[], long: readonly string[]): boolean {
  return (
    short.length < long.length &&
    short.every((part, index) => part === long[index] || part.toLowerCase() === 'x')
  );
}

/** `2.2-debian12` is 2.2 of the kind `-debian12`. */
function parted(version: string): readonly [number: string, kind: string] {
  const at = version.indexOf('-');
  return at < 0 ? [version, ''] : [version.slice(0, at), version.slice(at)];
}

/** A version given to fewer segments than the service reports: `8.0` is `8.0.45` and is not `8.05` or `8.4.1` (F25). */
export const versionPrecision: Comparator = {
  name: 'version-precision',
  rule(declared, actual, field) {
    if (field.facts.kind !== 'version' && !namesVersion(field.key)) return undefined;
    if (declared === undefined || actual === undefined) return undefined;
    if (typeof declared === 'object' || typeof actual === 'object') return undefined;
    const [left, kind] = parted(String(declared));
    const [right, other] = parted(String(actual));
    if (kind !== other) return undefined;
    if (!DOTTED.test(left) || !DOTTED.test(right)) return undefined;
    const [a, b] = [left.split('.'), right.split('.')];
    if (!isPrefix(a, b) && !isPrefix(b, a)) return undefined;
    return { kind: 'same', why: 'The same version, one side names fewer segments.' };
  },
};

/** `LATEST` and the version it currently stands for (F26). Nothing at all is not a version. */
export const latestVersion: Comparator = {
  name: 'latest-version',
  rule(declared, actual, field) {
    if (field.facts.kind !== 'version' && !namesVersion(field.key)) return undefined;
    if (typeof declared !== 'string' || !SENTINEL.test(declared)) return undefined;
    if (typeof actual === 'number')
      return { kind: 'same', why: `${declared} stands for the newest version.` };
    if (typeof actual !== 'string' || !/^v?\d/i.test(actual)) return undefined;
    return { kind: 'same', why: `${declared} stands for the newest version.` };
  },
};
