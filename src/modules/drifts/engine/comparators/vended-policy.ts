import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isObject, read } from '../values.js';
import { parseJsonDocument } from './json-document.js';
import { isVendedStatement } from './vended-statement.js';

/** A policy nobody declared, all of whose statements AWS writes itself when a delivery to this resource is set up (F56). */
export const vendedPolicy: Comparator = {
  name: 'vended-policy',
  rule(declared, actual, field) {
    if (declared !== undefined && declared !== null) return undefined;
    const document = isObject(actual) ? actual : parseJsonDocument(actual);
    const statements = isObject(document) ? read(document, 'Statement') : undefined;
    if (!Array.isArray(statements) || statements.length === 0) return undefined;
    const { id } = field.pair.actual;
    const own = (resource: JsonValue): boolean =>
      typeof resource === 'string' && id !== '' && resource.includes(id);
    if (!statements.every((statement) => isVendedStatement(statement, own))) return undefined;
    return {
      kind: 'same',
      why: 'AWS writes these statements itself when a log delivery is set up.',
    };
  },
};
