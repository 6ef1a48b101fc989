import type { InventoryScope } from '../../core/providers/index.js';
import type { AssetSurvey } from './asset-survey.js';

/** What one listing may ask for: the quota counts calls, so types that fit on one page together are read together. */
export const MAX_BATCH = { assets: 1000, types: 40 } as const;

export interface ReadingPlan {
  /** Types of one listing each. */
  readonly batches: readonly (readonly string[])[];
  /** Named types that are not asked for because nothing is answered at all. */
  readonly unread: readonly string[];
  /** The policies worth listing: of these types; empty means of all; null when nothing there can have any. */
  readonly policyTypes: readonly string[] | null;
}

/**
 * Turns the survey into listings that cover every type once. A type that is named but was not seen is listed as well: an empty answer
 * is the proof that nothing of it is there, and a refusal that the inventory does not know it.
 */
export function planReadings(
  survey: AssetSurvey,
  { types: asked, expected = [] }: Pick<InventoryScope, 'types' | 'expected'>,
): ReadingPlan {
  const spelling = new Map([...survey.types.keys()].map((type) => [type.toLowerCase(), type]));
  const spelled = (type: string): string => spelling.get(type.toLowerCase()) ?? type;
  const wanted = new Set(asked.map(spelled));
  const present = [...survey.types].filter(([type]) => wanted.size === 0 || wanted.has(type));
  const named = new Set([...wanted, ...expected.map(({ type }) => spelled(type))]);
  const absent = [...named].filter((type) => !survey.types.has(type)).sort();
  if (survey.failure && survey.types.size === 0) {
    return { batches: [], unread: absent, policyTypes: null };
  }
  const also = [...named].filter((type) => survey.types.has(type) && !hasType(present, type));
  const counted = [...present, ...also.map((type) => [type, survey.types.get(type) ?? 0] as const)];
  return {
    // Apart: one name the inventory does not know has the whole listing refused.
    batches: [...batched(counted), ...batched(absent.map((type) => [type, 0] as const))],
    unread: [],
    policyTypes:
      counted.length === 0 ? null : wanted.size === 0 ? [] : counted.map(([type]) => type).sort(),
  };
}

type Counted = readonly [type: string, count: number];

function hasType(counted: readonly Counted[], type: string): boolean {
  return counted.some(([one]) => one === type);
}

function batched(counted: readonly Counted[]): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const [type, count] of [...counted].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const last = batches.at(-1);
    if (last && count <= room && last.length < MAX_BATCH.types) {
      last.push(type);
      room -= count;
    } else {
      batches.push([type]);
      room = MAX_BATCH.assets - count;
    }
  }
  return batches;
}
