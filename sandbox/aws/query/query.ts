/** A parsed advanced query: https://docs.aws.amazon.com/config/latest/developerguide/query-components.html */
export interface Query {
  readonly select: readonly SelectItem[];
  readonly where: Condition | null;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly { readonly property: string; readonly descending: boolean }[];
}

export const AGGREGATES = ['COUNT', 'AVG', 'MAX', 'MIN', 'SUM'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export type SelectItem =
  | { readonly kind: 'all' }
  | { readonly kind: 'property'; readonly property: string }
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate; readonly property: string };

export type Literal = string | number | boolean;
export const COMPARISONS = ['=', '<', '>', '<=', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare';
      readonly property: string;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly Literal[] }
  | { readonly kind: 'like'; readonly property: string; readonly pattern: string }
  | {
      readonly kind: 'between';
      readonly property: string;
      readonly low: Literal;
      readonly high: Literal;
    };

export class InvalidExpressionError extends Error {}

/** The one resource type a query is about, when its condition says so. */
export function queriedType(condition: Condition | null): string | null {
  if (condition === null) return null;
  if (condition.kind === 'and') return queriedType(condition.left) ?? queriedType(condition.right);
  if (condition.kind !== 'compare' || condition.property !== 'resourceType') return null;
  return condition.operator === '=' ? String(condition.value) : null;
}
