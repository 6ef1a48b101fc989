import type { JsonValue } from '../../../../../core/providers/index.js';
import { isObject } from '../../values.js';
import { shapeLike } from './native-value.js';

/** The declared value itself where a live list has it, by itself or inside its elements, as far as it has; null where it does not. */
export function asMember(value: JsonValue, live: JsonValue): { value: JsonValue } | undefined {
  if (!Array.isArray(live)) return shapeLike(value, live, '');
  const has = (wanted: JsonValue): boolean =>
    live.some((one) => one === wanted || (isObject(one) && Object.values(one).includes(wanted)));
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return { value: value.filter(has) };
  if (typeof value !== 'string') return shapeLike(value, live, '');
  return { value: has(value) ? value : null };
}
