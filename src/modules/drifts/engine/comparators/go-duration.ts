import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { kindOf } from '../lenses/kubernetes/kind-schema.js';

const DURATION = /^([+-]?)((?:\d{1,15}(?:\.\d{1,9})?(?:ns|us|µs|μs|ms|s|m|h))+|0)$/;
const PART = /(\d+)(?:\.(\d+))?(ns|us|µs|μs|ms|s|m|h)/g;
const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Nanoseconds of a Go duration text (package time, ParseDuration); undefined for any other text. */
export function goDurationNanoseconds(value: JsonValue | undefined): bigint | undefined {
  if (typeof value !== 'string') return undefined;
  const match = DURATION.exec(value);
  if (!match) return undefined;
  let sum = 0n;
  for (const [, whole = '0', fraction = '', unit = 'ns'] of value.matchAll(PART)) {
    const size = NANOSECONDS[unit] ?? 1n;
    sum += BigInt(whole) * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
  }
  return match[1] === '-' ? -sum : sum;
}

/** What Go's `Duration.String` writes from one minute up: the form the API server stores. */
const CANONICAL = /^-?(?:\d+h[0-5]?\dm|[0-5]?\dm)[0-5]?\d(?:\.\d+)?s$/;

function isCanonical(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && CANONICAL.test(value);
}

/**
 * `1h` and `1h0m0s` (F27). A CRD does not say that a text is a `metav1.Duration`; there, one side has to be written the
 * way Go writes durations.
 */
export const goDuration: Comparator = {
  name: 'go-duration',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    const described = field.facts.kind === 'duration';
    if (!described && !isCanonical(declared) && !isCanonical(actual)) return undefined;
    const left = goDurationNanoseconds(declared);
    if (left === undefined || left !== goDurationNanoseconds(actual)) return undefined;
    if (!described && kindOf(field.pair).builtIn) return undefined;
    return { kind: 'same', why: 'The same duration, as Go writes it.' };
  },
};
