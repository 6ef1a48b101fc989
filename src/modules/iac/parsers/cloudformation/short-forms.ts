import type { JsonValue } from '../../../../core/providers/index.js';

/** Short forms that are not `Fn::` and the name. Source: CloudFormation User Guide, "Intrinsic function reference". */
const WITHOUT_PREFIX = new Set(['Ref', 'Condition']);

/** What `!Sub value` means when written out: `{ "Fn::Sub": value }`. */
export function expandShortForm(tag: string, value: JsonValue): JsonValue {
  const name = tag.replace(/^!/, '');
  return { [WITHOUT_PREFIX.has(name) ? name : `Fn::${name}`]: value };
}
