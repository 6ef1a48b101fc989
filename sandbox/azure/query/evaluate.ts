import { isObject, scalarText } from '../../json.js';
import type { Json, JsonObject } from '../../json.js';
import type { Column, Comparison, Condition, Query, Step } from './query.js';

export interface Evaluation {
  readonly rows: readonly JsonObject[];
  /** False after `limit`, or when no column is a plain one: then the service gives no token for a next page. */
  readonly pageable: boolean;
}

/** Columns of Resources and ResourceContainers; texts are empty where a row has none, the others null. */
const TEXTS = [
  'id',
  'name',
  'type',
  'tenantId',
  'kind',
  'location',
  'resourceGroup',
  'subscriptionId',
  'managedBy',
];
const DYNAMIC = ['sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'];

export function evaluate({ steps }: Query, table: readonly JsonObject[]): Evaluation {
  let rows = table.map(wholeRow);
  for (const step of steps) rows = applied(step, rows);
  const limited = steps.some(({ kind }) => kind === 'limit');
  const plain =
    rows.length === 0 || Object.values(rows[0] ?? {}).some((value) => !isDynamic(value));
  return { rows, pageable: !limited && plain };
}

function wholeRow(row: JsonObject): JsonObject {
  const columns = [
    ...TEXTS.map((name) => [name, row[name] ?? '']),
    ...DYNAMIC.map((name) => [name, row[name] ?? null]),
  ] as [string, Json][];
  return { ...Object.fromEntries(columns), ...row };
}

function applied(step: Step, rows: JsonObject[]): JsonObject[] {
  switch (step.kind) {
    case 'where':
      return rows.filter((row) => holds(step.condition, row));
    case 'project':
      return rows.map((row) =>
        Object.fromEntries(step.columns.map((column) => [column.name, valueOf(column, row)])),
      );
    case 'count':
      return [{ Count: rows.length }];
    case 'limit':
      return rows.slice(0, step.rows);
    case 'order':
      return [...rows].sort((left, right) => compared(step.by, left, right));
    case 'count-by':
      return countedBy(step.columns, step.name, rows);
  }
}

function countedBy(columns: readonly Column[], name: string, rows: JsonObject[]): JsonObject[] {
  const groups = new Map<string, { row: JsonObject; count: number }>();
  for (const row of rows) {
    const entries = columns.map((column) => [column.name, valueOf(column, row)] as const);
    const key = JSON.stringify(entries);
    const group = groups.get(key) ?? { row: Object.fromEntries(entries), count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  if (columns.length === 0 && groups.size === 0) return [{ [name]: 0 }];
  return [...groups.values()].map(({ row, count }) => ({ ...row, [name]: count }));
}

function holds(condition: Condition, row: JsonObject): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, row));
    case 'or':
      return condition.parts.some((part) => holds(part, row));
    case 'compare':
      return fits(condition, scalarText(valueOf(condition.column, row)));
  }
}

function fits({ operator, values }: Comparison, found: string): boolean {
  const folded = found.toLowerCase();
  const anyCase = (value: string): boolean => value.toLowerCase() === folded;
  const [first = ''] = values;
  switch (operator) {
    case '==':
    case 'in':
      return values.includes(found);
    case '!=':
    case '!in':
      return !values.includes(found);
    case '=~':
    case 'in~':
      return values.some(anyCase);
    case '!~':
    case '!in~':
      return !values.some(anyCase);
    case 'contains':
      return folded.includes(first.toLowerCase());
    case 'startswith':
      return folded.startsWith(first.toLowerCase());
  }
}

function valueOf({ path }: Column, row: JsonObject): Json {
  let value: Json = row;
  for (const step of path) value = isObject(value) ? (value[step] ?? null) : null;
  return value;
}

function compared(
  by: readonly { column: Column; descending: boolean }[],
  left: JsonObject,
  right: JsonObject,
): number {
  for (const { column, descending } of by) {
    const [one, other] = [valueOf(column, left), valueOf(column, right)];
    const numbers = typeof one === 'number' && typeof other === 'number';
    const texts = [scalarText(one), scalarText(other)] as const;
    if (texts[0] === texts[1]) continue;
    const less = numbers ? one < other : texts[0] < texts[1];
    return less === descending ? 1 : -1;
  }
  return 0;
}

function isDynamic(value: Json): boolean {
  return value === null || typeof value === 'object';
}
