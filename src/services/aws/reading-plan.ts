import { partKey } from '../../core/providers/index.js';
import type { InventoryPart, InventoryScope } from '../../core/providers/index.js';
import type { ReadFailure } from './aws.errors.js';
import { GLOBAL_REGION } from './configuration-item.js';
import { GLOBAL_IAM_TYPES } from './configuration-recorder.js';
import type { RecorderFinding } from './configuration-recorder.js';
import type { RegionSurvey } from './region-survey.js';
import { canListByCloudControl, readerOf, routeOf, whyUnreadable } from './type-routes.js';

/** One coverage record to earn. `region` is where it is asked; `global` types are covered without a region. */
export interface Reading {
  readonly type: string;
  readonly region: string;
  readonly global: boolean;
  readonly how:
    | Recorded
    /** Nothing is there: the question is whether that proves anything. */
    | { readonly kind: 'prove-absence'; readonly recorder: RecorderFinding }
    /** AWS Config cannot tell; one call for the list, and one for each resource. `otherwise`: what is left when that fails. */
    | { readonly kind: 'cloud-control'; readonly otherwise: Recorded | Unread | null }
    | Unread;
}

interface Recorded {
  readonly kind: 'list';
  readonly recorder: RecorderFinding;
  readonly count: number;
}

interface Unread {
  readonly kind: 'failed';
  readonly failure: ReadFailure;
}

export type PlanScope = Pick<InventoryScope, 'types' | 'expected' | 'known'> & {
  /** Whether Cloud Control may be asked. */
  readonly cloudControl: boolean;
};

const RESOURCE_TYPE = /^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/;

/** Services whose resources live in no region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html */
const GLOBAL_SERVICES = new Set([
  'CloudFront',
  'GlobalAccelerator',
  'IAM',
  'NetworkManager',
  'Organizations',
  'Route53',
  'Shield',
]);

/** What a reading's coverage record will be called. */
export function partOf({ type, region, global }: Reading, accountId: string): InventoryPart {
  return { type, accountId, region: global || region === GLOBAL_REGION ? null : region };
}

/**
 * Turns the survey of one account's regions into exactly one reading per (type, region), and one per global type: several regions may
 * record the same IAM role, so it is read where that says most. A failed region without named types gets one reading for `*`.
 */
export function planReadings(surveys: readonly RegionSurvey[], scope: PlanScope): Reading[] {
  const wanted = new Set(scope.types.map(spelled));
  const readings = new Map<string, Reading>();
  const add = (reading: Reading): void => {
    const key = partKey(partOf(reading, ''));
    const known = readings.get(key);
    if (!known || worth(reading) > worth(known)) readings.set(key, reading);
  };
  for (const survey of surveys) {
    const named = new Set(namedIn(survey.region, scope));
    for (const { type, global, count } of survey.types ?? []) {
      if (count === 0 || (wanted.size > 0 && !wanted.has(type))) continue;
      add(listed(survey, { type, global, count }, named.has(type) && scope.cloudControl));
    }
  }
  // AWS Config records CloudFront and the like in one region only: what another one does not list says nothing.
  const globalTypes = new Set(
    [...readings.values()]
      .filter(({ global, type }) => global || isGlobal(type))
      .map(({ type }) => type),
  );
  for (const survey of surveys) {
    for (const reading of unlisted(survey, namedIn(survey.region, scope), wanted, scope)) {
      const known = readings.has(partKey({ ...partOf(reading, ''), region: reading.region }));
      if (!known && !globalTypes.has(reading.type)) add(reading);
    }
  }
  return [...readings.values()];
}

function namedIn(region: string, { types, expected = [] }: PlanScope): string[] {
  // What nobody can list is no gap of this listing: the declared resource itself says that nobody read it.
  const here = expected.filter(
    (one) =>
      readerOf(routeOf(one.type)) !== 'none' &&
      (one.region === null || one.region === region || isGlobal(one.type)),
  );
  return [...new Set([...types, ...here.map((one) => one.type)].map(spelled))];
}

/** A type the recorder has left out since is asked of Cloud Control where somebody needs to know. */
function listed(
  { region, recorder }: RegionSurvey,
  { type, global, count }: { type: string; global: boolean; count: number },
  needed: boolean,
): Reading {
  const how = { kind: 'list', recorder, count } as const;
  const outdated = recorder.caveat === null && !recorder.records(type);
  if (outdated && needed && canListByCloudControl(routeOf(type))) {
    return { type, region, global, how: { kind: 'cloud-control', otherwise: how } };
  }
  return { type, region, global, how };
}

function unlisted(
  survey: RegionSurvey,
  named: readonly string[],
  asked: ReadonlySet<string>,
  { cloudControl }: PlanScope,
): Reading[] {
  const { region, recorder, failure } = survey;
  const reading = (type: string, how: Reading['how']): Reading => {
    return { type, region, global: isGlobal(type), how };
  };
  const fail = (type: string, reason: ReadFailure): Reading => {
    return reading(type, { kind: 'failed', failure: reason });
  };
  if (failure && named.length === 0) return [fail('*', failure)];
  return named.map((type) => {
    const route = routeOf(type);
    const otherwise = cloudControl && canListByCloudControl(route);
    if (failure) {
      // Where nothing answers, Cloud Control will not either.
      return otherwise && !failure.unreachable
        ? reading(type, { kind: 'cloud-control', otherwise: { kind: 'failed', failure } })
        : fail(type, failure);
    }
    if (!RESOURCE_TYPE.test(type)) {
      const message = `${type} is not the name of an AWS resource type`;
      return fail(type, { status: 'failed', message });
    }
    if (route?.config && (recorder.caveat !== null || recorder.records(type))) {
      return reading(type, { kind: 'prove-absence', recorder });
    }
    if (otherwise) {
      const left = leftOut(survey, type, asked.has(type));
      return reading(type, { kind: 'cloud-control', otherwise: left });
    }
    if (route?.config) return reading(type, { kind: 'prove-absence', recorder });
    return fail(type, { status: 'failed', message: whyUnreadable(type, route) });
  });
}

/** What is said of a type that Cloud Control could not list either; null when there is nothing to say. */
function leftOut({ region }: RegionSurvey, type: string, asked: boolean): Unread | null {
  const recorded = routeOf(type)?.config === true;
  if (!recorded && !asked) return null;
  const why = recorded ? `The AWS Config recorder in ${region} leaves` : 'AWS Config leaves';
  return { kind: 'failed', failure: { status: 'failed', message: `${why} ${type} out` } };
}

function isGlobal(type: string): boolean {
  const service = spelled(type).split('::')[1] ?? '';
  return GLOBAL_IAM_TYPES.has(type) || GLOBAL_SERVICES.has(service);
}

/** Which of two regions' word on a global type to take: a working recorder's before a stopped one's, then the one with more. */
function worth({ type, how }: Reading): number {
  if (how.kind === 'failed') return -1;
  if (how.kind === 'cloud-control') return 500_000_000;
  const trusted = how.recorder.caveat === null && how.recorder.records(type);
  return (trusted ? 1_000_000_000 : 0) + (how.kind === 'list' ? how.count : 0);
}

function spelled(type: string): string {
  return routeOf(type)?.type ?? type;
}
