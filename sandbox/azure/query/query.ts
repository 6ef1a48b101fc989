/** The part of the Kusto query language of Resource Graph that is understood here. */
export interface Query {
  readonly table: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'project'; readonly columns: readonly Column[] }
  | { readonly kind: 'count-by'; readonly name: string; readonly columns: readonly Column[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'order'; readonly by: readonly { column: Column; descending: boolean }[] }
  | { readonly kind: 'limit'; readonly rows: number };

/** `properties.encryption.keySource`, `tags['env']`: the steps of the path; `name` is what the column is called. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
}

export type Condition = Combination | Comparison;

export interface Combination {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Condition[];
}

export interface Comparison {
  readonly kind: 'compare';
  readonly column: Column;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export const OPERATORS = [
  '==',
  '!=',
  '=~',
  '!~',
  'in',
  'in~',
  '!in',
  '!in~',
  'contains',
  'startswith',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** The query is not one of Resource Graph, or not one this sandbox understands. */
export class InvalidQueryError extends Error {
  constructor(
    readonly token: string,
    /** One-based, as the service counts lines; characters count from zero. */
    readonly line: number,
    readonly character: number,
  ) {
    super(`not understood at '${token}'`);
  }
}
