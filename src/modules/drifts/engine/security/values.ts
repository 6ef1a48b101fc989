import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isEmpty, read } from '../values.js';
import { snakeCase } from './words.js';

type Side = JsonValue | undefined;

const ON = new Set(['true', 'enabled', 'enable', 'on', 'yes', 'active', 'required', 'enforced']);
const OFF = new Set([
  'false',
  'disabled',
  'disable',
  'off',
  'no',
  'inactive',
  'suspended',
  'none',
  'not_required',
  'notrequired',
  'optional',
  'unspecified',
  'inherited',
  'passthrough',
  'unprotected',
]);

/** A switch, whatever a service calls its two positions; undefined for anything else. */
export function switchOf(value: Side): 'on' | 'off' | undefined {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  if (ON.has(text)) return 'on';
  return OFF.has(text) ? 'off' : undefined;
}

/** Absent, empty, or a word for nothing. */
export function isNothing(value: Side): boolean {
  return isEmpty(value) || (value !== true && switchOf(value) === 'off');
}

/** The scalars of a value or a list of values, as text. */
export function textsOf(value: Side): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'object' ? [] : [String(value)];
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A number, `7776000s`, `24h`, `P90D`; durations in seconds, comparable with each other only. Undefined for anything else. */
export function amountOf(value: Side): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return Number(count) * (UNITS[unit] ?? 1);
  const iso =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
      text,
    );
  if (iso === null || text === 'P') return undefined;
  const parts: number[] = Array.from(iso.slice(1), (part: string | undefined) => Number(part ?? 0));
  const seconds = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];
  return parts.reduce((sum, part, index) => sum + part * (seconds[index] ?? 0), 0);
}

/** Reads a key in whatever case the vocabulary writes it; names in snake case. */
export function readAny(object: JsonObject, names: readonly string[]): Side {
  for (const key of Object.keys(object))
    if (names.includes(snakeCase(key))) return read(object, key);
  return undefined;
}
