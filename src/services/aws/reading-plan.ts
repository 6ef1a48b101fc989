import { ResourceType } from '@aws-sdk/client-config-service';
import type { InventoryScope } from '../../core/providers/index.js';
import type { ReadFailure } from './aws.errors.js';
import { GLOBAL_IAM_TYPES } from './configuration-recorder.js';
import type { RecorderFinding } from './configuration-recorder.js';
import type { RegionSurvey } from './region-survey.js';

/** One coverage record to earn. `region` is where it is asked; `global` types are covered without a region. */
export interface Reading {
  readonly type: string;
  readonly region: string;
  readonly global: boolean;
  readonly how:
    | { readonly kind: 'list'; readonly recorder: RecorderFinding; readonly count: number }
    /** Nothing is there: the question is whether that proves anything. */
    | { readonly kind: 'prove-absence'; readonly recorder: RecorderFinding }
    | { readonly kind: 'failed'; readonly failure: ReadFailure };
}

const RESOURCE_TYPE = /^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/;
const SPELLING = new Map(Object.values(ResourceType).map((type) => [type.toLowerCase(), type]));

/**
 * Turns the survey of all regions into exactly one reading per (type, region), and one per global type: several regions may record
 * the same IAM role, so it is read where that says most. A failed region without named types gets one reading for `*`.
 */
export function planReadings(
  surveys: readonly RegionSurvey[],
  scope: Pick<InventoryScope, 'types' | 'expected'>,
): Reading[] {
  const wanted = new Set(scope.types.map(spelled));
  const readings = new Map<string, Reading>();
  const add = (reading: Reading): void => {
    const key = `${reading.type} ${reading.global ? '' : reading.region}`;
    const known = readings.get(key);
    if (!known || worth(reading) > worth(known)) readings.set(key, reading);
  };
  for (const { region, recorder, types } of surveys) {
    for (const { type, global, count } of types ?? []) {
      if (count === 0 || (wanted.size > 0 && !wanted.has(type))) continue;
      add({ type, region, global, how: { kind: 'list', recorder, count } });
    }
  }
  const globalTypes = new Set(
    [...readings.values()].filter(({ global }) => global).map(({ type }) => type),
  );
  for (const survey of surveys) {
    for (const reading of unlisted(survey, namedIn(survey.region, scope))) {
      const listed = readings.has(`${reading.type} ${reading.region}`);
      if (!listed && !globalTypes.has(reading.type)) add(reading);
    }
  }
  return [...readings.values()];
}

function namedIn(
  region: string,
  { types, expected = [] }: Pick<InventoryScope, 'types' | 'expected'>,
): string[] {
  // What the service cannot record is no gap of its listing: the declared resource itself says that nobody read it.
  const here = expected.filter(
    (one) => SPELLING.has(one.type.toLowerCase()) && (one.region === null || one.region === region),
  );
  return [...new Set([...types, ...here.map((one) => one.type)].map(spelled))];
}

function unlisted(
  { region, recorder, failure }: RegionSurvey,
  named: readonly string[],
): Reading[] {
  const fail = (type: string, reason: ReadFailure): Reading => ({
    type,
    region,
    global: GLOBAL_IAM_TYPES.has(type),
    how: { kind: 'failed', failure: reason },
  });
  if (failure && named.length === 0) return [fail('*', failure)];
  return named.map((type) => {
    if (failure) return fail(type, failure);
    if (!RESOURCE_TYPE.test(type)) {
      const message = `${type} is not the name of an AWS resource type`;
      return fail(type, { status: 'failed', message });
    }
    const global = GLOBAL_IAM_TYPES.has(type);
    return { type, region, global, how: { kind: 'prove-absence', recorder } };
  });
}

/** Which of two regions' word on a global type to take: a working recorder's before a stopped one's, then the one with more. */
function worth({ type, how }: Reading): number {
  if (how.kind === 'failed') return -1;
  const trusted = how.recorder.caveat === null && how.recorder.records(type);
  return (trusted ? 1_000_000_000 : 0) + (how.kind === 'list' ? how.count : 0);
}

function spelled(type: string): string {
  return SPELLING.get(type.toLowerCase()) ?? type;
}
