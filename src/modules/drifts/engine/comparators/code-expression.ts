import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isObject } from '../values.js';

/** Every text in it still holds an expression of the code. */
function isExpression(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (Array.isArray(value)) return value.length > 0 && value.every(isExpression);
  if (!isObject(value)) return false;
  const parts = Object.values(value);
  return parts.length > 0 && parts.every(isExpression);
}

/** Configuration that was read without being evaluated: a block made of expressions only, with nothing to compare it with. */
export const codeExpression: Comparator = {
  name: 'code-expression',
  rule(declared, actual, { pair }) {
    if (pair.declared.format !== 'terraform-hcl-json' || actual !== undefined) return undefined;
    if (!isExpression(declared)) return undefined;
    return {
      kind: 'unverifiable',
      why: 'The code holds expressions here, not values; nothing was compared.',
    };
  },
};
