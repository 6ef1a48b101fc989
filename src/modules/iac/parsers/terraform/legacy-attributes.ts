import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';

const MAX_SEGMENTS = 64;

type Entry = readonly [rest: string, value: string];

function setOwn(target: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') target[key] = value;
}

function groupByHead(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [rest, value] of entries) {
    const dot = rest.indexOf('.');
    const head = dot < 0 ? rest : rest.slice(0, dot);
    const entry: Entry = [dot < 0 ? '' : rest.slice(dot + 1), value];
    const group = groups.get(head);
    if (group) group.push(entry);
    else groups.set(head, [entry]);
  }
  return groups;
}

function valueOf(entries: readonly Entry[]): JsonValue {
  if (entries.some(([rest]) => rest === '%')) {
    const map: JsonObject = {};
    for (const [key, value] of entries) if (key !== '%') setOwn(map, key, value);
    return map;
  }
  if (entries.some(([rest]) => rest === '#')) {
    const items = [...groupByHead(entries.filter(([rest]) => rest !== '#'))];
    items.sort(([left], [right]) => Number(left) - Number(right));
    return items.map(([, item]) => valueOf(item));
  }
  const scalar = entries.find(([rest]) => rest === '');
  if (scalar) return scalar[1];
  return objectOf(entries);
}

function objectOf(entries: readonly Entry[]): JsonObject {
  const object: JsonObject = {};
  for (const [head, group] of groupByHead(entries)) setOwn(object, head, valueOf(group));
  return object;
}

/**
 * `attributes_flat`, the form older providers left in upgraded states (`tags.%`, `ingress.#`, `ingress.4234.from_port`),
 * as nested values. Everything stays text; elements of sets come in the order of their hashes. Keys nested deeper than any
 * provider ever wrote are left out.
 */
export function expandLegacyAttributes(flat: JsonObject): JsonObject {
  const entries: Entry[] = [];
  for (const [key, value] of Object.entries(flat)) {
    if (typeof value === 'string' && key.split('.', MAX_SEGMENTS).length < MAX_SEGMENTS) {
      entries.push([key, value]);
    }
  }
  return objectOf(entries);
}
