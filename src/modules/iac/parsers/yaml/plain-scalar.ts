import type { JsonValue } from '../../../../core/providers/index.js';

/** Whose reading of YAML 1.1 counts: the Kubernetes client's (goyaml v2) or CloudFormation's (SnakeYAML). */
export type YamlDialect = 'kubernetes' | 'cloudformation';

const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0|[1-9]\d*|0[oO]?[0-7]+|0[xX][\da-fA-F]+|0[bB][01]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const LEADING_ZERO = /^[-+]?0\d/;
/** Longer digits are no number anybody counts with, and conversion is quadratic. */
const MAX_DIGITS = 400;

function toInteger(plain: string): JsonValue {
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '').toLowerCase();
  const octal = /^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = negative ? -BigInt(octal) : BigInt(octal);
  const safe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return safe ? Number(value) : value.toString();
}

/**
 * The value of a plain (unquoted) scalar in YAML 1.1 as both dialects read it: `0644` is octal, `on` is true; base-60
 * numbers and timestamps stay text. Integers beyond 2^53 become text in decimal.
 * Sources: sigs.k8s.io/yaml goyaml.v2 resolve.go; CloudFormation User Guide, "CloudFormation template format".
 */
export function resolvePlain(source: string, dialect: YamlDialect): JsonValue {
  if (NULL.has(source)) return null;
  if (TRUE.test(source)) return true;
  if (FALSE.test(source)) return false;
  if (dialect === 'kubernetes') {
    if (source === 'y' || source === 'Y') return true;
    if (source === 'n' || source === 'N') return false;
  }
  if (source.length > MAX_DIGITS || !/^[-+.\d]/.test(source)) return source;
  const plain = source.replaceAll('_', '');
  if (INTEGER.test(plain)) return toInteger(plain);
  if (!FLOAT.test(plain)) return source;
  // An account id such as 012345678901 must not lose its zero.
  if (dialect === 'cloudformation' && LEADING_ZERO.test(plain)) return source;
  const value = Number(plain);
  return Number.isFinite(value) ? value : source;
}
