import type { Comparator } from '../comparator.js';
import { isObject, read } from '../values.js';

const ALIAS = /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]*:\d{12}:)?(alias\/[\w/-]+)$/;
const KEY = /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]*:\d{12}:key\/)?((?:mrk-)?[0-9a-f-]{8,}|[0-9a-z-]+)$/i;

const keyId = (value: string): string => value.slice(value.lastIndexOf('/') + 1);

/**
 * A KMS alias on one side and a key on the other (F23). Reads the fact `kmsAliases`, a map of alias name to key ARN or
 * id; without that entry nobody can tell, and the answer is `unverifiable`, never equal.
 */
export const kmsAlias: Comparator = {
  name: 'kms-alias',
  rule(declared, actual, field) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const left = ALIAS.exec(declared)?.[1];
    const right = ALIAS.exec(actual)?.[1];
    if (left !== undefined && right !== undefined) {
      return left === right
        ? { kind: 'same', why: 'The same alias, by name and by ARN.' }
        : undefined;
    }
    const alias = left ?? right;
    const key = left === undefined ? declared : actual;
    if (alias === undefined || !KEY.test(key)) return undefined;
    const table = read(field.pair.scan.facts, 'kmsAliases');
    const target = isObject(table) ? read(table, alias) : undefined;
    if (typeof target !== 'string') {
      return {
        kind: 'unverifiable',
        why: `Nothing says which key ${alias} stands for; grant kms:ListAliases to tell.`,
      };
    }
    if (keyId(target) !== keyId(key)) return undefined;
    return { kind: 'same', why: `${alias} stands for this key.` };
  },
};
