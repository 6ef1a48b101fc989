import { isObject, scalarText } from '../../json.js';
import type { Json, JsonObject } from '../../json.js';
import type { Condition, Literal, Query, SelectItem } from './query.js';

/** What `SELECT *` means: "only the top-level, scalar properties of a CI". */
const SCALARS = [
  'accountId',
  'awsRegion',
  'arn',
  'availabilityZone',
  'configurationItemCaptureTime',
  'resourceCreationTime',
  'resourceId',
  'resourceName',
  'resourceType',
  'version',
];

export function selectedFields(query: Query): string[] {
  return query.select.flatMap((item) => (item.kind === 'all' ? SCALARS : [fieldName(item)]));
}

export interface Rows {
  readonly total: number;
  slice(start: number, end: number): JsonObject[];
}

/** The rows in a stable order: that of ORDER BY, else of the documents. */
export function evaluate(query: Query, documents: readonly JsonObject[]): Rows {
  const { where } = query;
  const fitting = where ? documents.filter((document) => holds(where, document)) : [...documents];
  if (query.select.some((item) => item.kind === 'aggregate')) {
    const rows = aggregate(query, fitting);
    return { total: rows.length, slice: (start, end) => rows.slice(start, end) };
  }
  const ordered = query.orderBy.length > 0 ? fitting.sort(byOrder(query)) : fitting;
  const fields = selectedFields(query);
  return {
    total: ordered.length,
    slice: (start, end) => ordered.slice(start, end).map((document) => project(fields, document)),
  };
}

function byOrder(query: Query): (left: JsonObject, right: JsonObject) => number {
  return (left, right) => {
    for (const { property, descending } of query.orderBy) {
      const order = compareText(sortKey(left, property), sortKey(right, property));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function sortKey(document: JsonObject, property: string): string {
  return valuesAt(document, property.split('.')).map(scalarText).join();
}

function holds(condition: Condition, document: JsonObject): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, document) && holds(condition.right, document);
    case 'or':
      return holds(condition.left, document) || holds(condition.right, document);
    case 'not':
      return !holds(condition.of, document);
    default:
      return valuesAt(document, condition.property.split('.')).some((value) =>
        fits(condition, value),
      );
  }
}

type Predicate = Exclude<Condition, { kind: 'and' | 'or' | 'not' }>;

function fits(condition: Predicate, value: Json): boolean {
  switch (condition.kind) {
    case 'compare':
      return compare(value, condition.operator, condition.value);
    case 'in':
      return condition.values.some((wanted) => compare(value, '=', wanted));
    case 'like':
      return like(scalarText(value), condition.pattern);
    case 'between':
      return compare(value, '>=', condition.low) && compare(value, '<=', condition.high);
  }
}

function like(value: string, pattern: string): boolean {
  const prefix = pattern.slice(0, -1);
  if (!value.startsWith(prefix)) return false;
  return pattern.endsWith('%') || value.length === pattern.length;
}

function compare(value: Json, operator: string, wanted: Literal): boolean {
  if (value === null || typeof value === 'object') return false;
  const [left, right] =
    typeof wanted === 'number' ? [Number(value), wanted] : [String(value), String(wanted)];
  switch (operator) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    default:
      return left >= right;
  }
}

/** Every value at a path; "matches are computed against all the array elements". */
function valuesAt(value: Json | undefined, path: readonly string[]): Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  return isObject(value) ? valuesAt(value[step], rest) : [];
}

function project(fields: readonly string[], document: JsonObject): JsonObject {
  const row: JsonObject = {};
  for (const field of fields) merge(row, document, field.split('.'));
  return row;
}

function merge(row: JsonObject, document: JsonObject, [step, ...rest]: readonly string[]): void {
  const value = step === undefined ? undefined : document[step];
  if (step === undefined || value === undefined) return;
  if (rest.length === 0) {
    row[step] = value;
  } else if (isObject(value)) {
    const kept = row[step];
    const inner = isObject(kept) ? kept : {};
    merge(inner, value, rest);
    row[step] = inner;
  } else if (Array.isArray(value)) {
    row[step] = value.filter(isObject).map((item) => project([rest.join('.')], item));
  }
}

function aggregate(query: Query, documents: readonly JsonObject[]): JsonObject[] {
  const groups = new Map<string, JsonObject[]>();
  for (const document of documents) {
    const key = JSON.stringify(query.groupBy.map((property) => sortKey(document, property)));
    const group = groups.get(key);
    if (group) group.push(document);
    else groups.set(key, [document]);
  }
  if (groups.size === 0 && query.groupBy.length === 0) groups.set('', []);
  const keys = [...groups.keys()].sort(compareText);
  return keys.map((key) => aggregateRow(query, groups.get(key) ?? []));
}

function aggregateRow(query: Query, group: readonly JsonObject[]): JsonObject {
  const row: JsonObject = {};
  for (const item of query.select) {
    if (item.kind === 'aggregate') row[fieldName(item)] = aggregateValue(item, group);
  }
  const sample = group[0];
  return sample ? { ...row, ...project(query.groupBy, sample) } : row;
}

function aggregateValue(
  item: Extract<SelectItem, { kind: 'aggregate' }>,
  group: readonly JsonObject[],
): Json {
  if (item.property === '*') return group.length;
  const values = group.flatMap((document) => valuesAt(document, item.property.split('.')));
  const numbers = values.map(Number).filter((number) => !Number.isNaN(number));
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (item.aggregate) {
    case 'COUNT':
      return values.length;
    case 'SUM':
      return sum;
    case 'AVG':
      return numbers.length > 0 ? sum / numbers.length : null;
    case 'MAX':
      return numbers.length > 0 ? Math.max(...numbers) : null;
    case 'MIN':
      return numbers.length > 0 ? Math.min(...numbers) : null;
  }
}

function fieldName(item: Exclude<SelectItem, { kind: 'all' }>): string {
  return item.kind === 'property' ? item.property : `${item.aggregate}(${item.property})`;
}
