/** A CloudTrail record, or a part of one. */
export type TrailFields = Readonly<Record<string, unknown>>;

export function field(fields: TrailFields, name: string): TrailFields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function isFields(value: unknown): value is TrailFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
