import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';

const TOKENS: ReadonlyMap<string, boolean> = new Map(
  Object.entries({
    on: true,
    true: true,
    yes: true,
    1: true,
    off: false,
    false: false,
    no: false,
    0: false,
  }),
);

function token(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return TOKENS.get(String(value).toLowerCase());
}

/** Azure keeps each parameter of a database server as a resource of its own. */
function isServerParameter({ key, pair }: Field): boolean {
  return key === 'value' && /(server|cluster)s?[/_]configurations?$/i.test(pair.declared.type);
}

/** Database engines spell their switches `ON`, `1` or `true` (F15); only inside parameter lists, where they are text. */
export const booleanToken: Comparator = {
  name: 'boolean-token',
  rule(declared, actual, field) {
    if (!/param/i.test(field.path) && !isServerParameter(field)) return undefined;
    const left = token(declared);
    if (left === undefined || left !== token(actual)) return undefined;
    return { kind: 'same', why: 'The same switch in another spelling of on and off.' };
  },
};
