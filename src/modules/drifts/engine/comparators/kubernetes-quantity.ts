import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { schemaOf } from '../lenses/kubernetes/schema.js';

const QUANTITY = /^([+-]?)(\d{0,20})(?:\.(\d{0,20}))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,2})?$/;
const DECIMAL_POWERS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Everything is counted in 10⁻⁶⁰, which no accepted spelling is finer than. */
const SCALE = 60;

/** Keys whose values are quantities wherever they stand, for kinds no schema describes. */
const QUANTITY_KEYS =
  /^(cpu|memory|storage|ephemeral-storage|pods|size|capacity|sizeLimit|nominalQuota|(min|max)?(cpu|memory)|hugepages-.+|(requests|limits)\..+|.+\/.+)$/i;

/** The number a quantity denotes, in units of 10⁻⁶⁰; undefined for anything else (apimachinery, resource.Quantity). */
export function parseQuantity(value: JsonValue | undefined): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = QUANTITY.exec(String(value).trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const binary = BINARY.indexOf(suffix);
  const power =
    binary >= 0 || suffix === ''
      ? 0
      : (DECIMAL_POWERS[suffix] ?? Number(suffix.slice(1).replace('+', '')));
  if (power < -30 || power > 30) return undefined;
  const scaled = BigInt(`${whole}${fraction}`) * 10n ** BigInt(SCALE - fraction.length + power);
  const number = binary >= 0 ? scaled * 1024n ** BigInt(binary + 1) : scaled;
  return sign === '-' ? -number : number;
}

/** The server keeps quantities of resource lists to a thousandth, rounded up (SetDefaults_ResourceList). */
function toMilli(number: bigint): bigint {
  const unit = 10n ** BigInt(SCALE - 3);
  const quotient = number / unit;
  return number % unit > 0n ? quotient + 1n : quotient;
}

/** Whether two texts or numbers denote the same Kubernetes quantity. */
export function sameQuantity(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  const [a, b] = [parseQuantity(left), parseQuantity(right)];
  return a !== undefined && b !== undefined && toMilli(a) === toMilli(b);
}

/** `1000m` and `1`, `1024Mi` and `1Gi`, `0.5` and `500m` are one amount; `1Gi` and `1G` are two (F31). */
export const kubernetesQuantity: Comparator = {
  name: 'kubernetes-quantity',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    const described = field.facts.kind === 'quantity';
    const open = schemaOf(field.facts)?.known !== true && QUANTITY_KEYS.test(field.key);
    if ((!described && !open) || !sameQuantity(declared, actual)) return undefined;
    return { kind: 'same', why: 'The same amount in another notation of a Kubernetes quantity.' };
  },
};
