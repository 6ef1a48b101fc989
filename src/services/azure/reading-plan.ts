import type { InventoryScope } from '../../core/providers/index.js';
import type { ReadFailure } from './azure.errors.js';
import { CONTAINER_TYPES, isTypeName, RESOURCE_GROUPS } from './queries.js';
import type { GraphTable } from './queries.js';
import type { SubscriptionAccess } from './subscription-access.js';
import type { CountedType, SubscriptionSurvey } from './subscription-survey.js';

/** One listing of a subscription, and the coverage records it has to earn: one for each of its types. */
export interface Reading {
  readonly subscription: string;
  /** In lower case. */
  readonly types: readonly string[];
  readonly how:
    | { readonly kind: 'list'; readonly table: GraphTable; readonly access: SubscriptionAccess }
    /** Nothing is there: the question is whether that proves anything. */
    | { readonly kind: 'prove-absence'; readonly access: SubscriptionAccess }
    | { readonly kind: 'failed'; readonly failure: ReadFailure };
}

/** Types asked for in one query: enough to save queries, few enough for a short text. */
const MOST_TYPES = 50;

/**
 * Exactly one coverage record per type and subscription. Small types share a query, since Azure counts queries and not rows
 * (15 in 5 seconds); types with more than a page of resources stand alone. A failed subscription without named types gets one reading of `*`.
 */
export function planReadings(
  surveys: readonly SubscriptionSurvey[],
  { types, expected = [] }: Pick<InventoryScope, 'types' | 'expected'>,
  pageSize: number,
): Reading[] {
  const wanted = new Set(types.map(spelled));
  const named = new Set([...wanted, ...expected.map(({ type }) => spelled(type))]);
  return surveys.flatMap((survey) => planSubscription(survey, wanted, named, pageSize));
}

function planSubscription(
  { subscription, access, types, failure }: SubscriptionSurvey,
  wanted: ReadonlySet<string>,
  named: ReadonlySet<string>,
  pageSize: number,
): Reading[] {
  if (failure !== null) {
    const lost = named.size === 0 ? ['*'] : [...named];
    return [{ subscription, types: lost, how: { kind: 'failed', failure } }];
  }
  const isWanted = (type: string): boolean => wanted.size === 0 || wanted.has(type);
  const counted = (types ?? []).filter(({ type, count }) => count > 0 && isWanted(type));
  const list = (table: GraphTable, chosen: readonly string[]): Reading[] =>
    chosen.length === 0
      ? []
      : [{ subscription, types: chosen, how: { kind: 'list', table, access } }];
  const present = new Set([...counted.map(({ type }) => type), ...CONTAINER_TYPES]);
  return [
    ...list(
      'ResourceContainers',
      CONTAINER_TYPES.filter((type) => isWanted(type) || named.has(type)),
    ),
    ...batches(counted, pageSize).flatMap((batch) => list('Resources', batch)),
    ...[...named]
      .filter((type) => !present.has(type))
      .map((type): Reading => ({ subscription, types: [type], how: absence(type, access) })),
  ];
}

/** As Resource Graph writes it; templates have a name of their own for resource groups. */
function spelled(type: string): string {
  return type.toLowerCase().replace(/^microsoft\.resources\/resourcegroups$/, RESOURCE_GROUPS);
}

function absence(type: string, access: SubscriptionAccess): Reading['how'] {
  if (isTypeName(type)) return { kind: 'prove-absence', access };
  const message = `${type.slice(0, 100)} is not the name of an Azure resource type`;
  return { kind: 'failed', failure: { status: 'failed', message } };
}

function batches(counted: readonly CountedType[], pageSize: number): string[][] {
  const found: string[][] = [];
  let rows = 0;
  for (const { type, count } of [...counted].sort((left, right) => left.count - right.count)) {
    const current = found.at(-1);
    if (current && current.length < MOST_TYPES && rows + count <= pageSize) {
      current.push(type);
      rows += count;
    } else {
      found.push([type]);
      rows = count;
    }
  }
  return found;
}
