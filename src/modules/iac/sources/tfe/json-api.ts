/** A JSON:API document or a part of one: https://jsonapi.org/format/1.1/ */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Id of what a relationship of a resource leads to; null where it leads nowhere, or the answer does not say. */
export function relatedId({ relationships }: Fields, name: string): string | null {
  return textOf(fieldsOf(fieldsOf(fieldsOf(relationships)[name]).data).id);
}
