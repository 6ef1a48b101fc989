import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { canonicalText } from '../values.js';

/** `sg-0a1b…`, `subnet-…`, `vpc-…`: identifiers of things that stand beside each other, never in a row. */
const RESOURCE_ID =
  /^(sg|subnet|vpc|vpce|i|eni|rtb|acl|igw|nat|pl|eipalloc|fs|vol|snap|ami|tgw|tgw-attach)-[0-9a-z]+$/;
const NAMES_SET =
  /(availability_?zones|http_?methods|allowed_?methods|cached_?methods|allow_?methods)$/i;

function isSet(list: readonly JsonValue[], key: string): boolean {
  if (!list.every((one) => typeof one === 'string')) return false;
  return NAMES_SET.test(key) || list.every((one) => RESOURCE_ID.test(one));
}

/** Lists of resource ids, zones and HTTP methods in another order (F6). Layers, steps and stages are not among them (F9). */
export const idList: Comparator = {
  name: 'id-list',
  rule(declared, actual, field) {
    if (!Array.isArray(declared) || !Array.isArray(actual) || declared.length !== actual.length)
      return undefined;
    if (declared.length < 2 || field.facts.order === 'significant') return undefined;
    if (!isSet(declared, field.key) || !isSet(actual, field.key)) return undefined;
    const right = actual.map(canonicalText).sort();
    if (
      !declared
        .map(canonicalText)
        .sort()
        .every((one, index) => one === right[index])
    )
      return undefined;
    return { kind: 'same', why: 'The same ids in another order, which means nothing here.' };
  },
};
