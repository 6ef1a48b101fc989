import type { ReadFailure } from './aws.errors.js';
import type { ConfigApi } from './config.api.js';
import { GLOBAL_REGION } from './configuration-item.js';
import { findRecorder, unknownRecorder } from './configuration-recorder.js';
import type { RecorderFinding } from './configuration-recorder.js';

/** What there is to read in a region, before it is read. */
export interface RegionSurvey {
  readonly region: string;
  readonly recorder: RecorderFinding;
  /** Types that hold current resources; null when they could not be counted, `failure` says why. */
  readonly types: readonly CountedType[] | null;
  readonly failure: ReadFailure | null;
}

export interface CountedType {
  readonly type: string;
  /** Recorded as living in no region. */
  readonly global: boolean;
  readonly count: number;
}

const COUNT_TYPES = 'SELECT resourceType, awsRegion, COUNT(*) GROUP BY resourceType, awsRegion';

/** Never throws but for the abort of the scan. */
export async function surveyRegion(api: ConfigApi, region: string): Promise<RegionSurvey> {
  const recorder = await findRecorder(api, region);
  if ('unreachable' in recorder) {
    return unreadRegion(region, unknownRecorder(null), recorder.unreachable);
  }
  if (!recorder.present) {
    const message = recorder.caveat ?? `AWS Config is not on in ${region}`;
    return unreadRegion(region, recorder, { status: 'failed', message });
  }
  try {
    const types: CountedType[] = [];
    for await (const page of api.select(region, COUNT_TYPES))
      types.push(...page.flatMap(readCount));
    return { region, recorder, types, failure: null };
  } catch (error) {
    const failure = api.session.failure(error, 'config:SelectResourceConfig', region);
    return unreadRegion(region, recorder, failure);
  }
}

export function unreadRegion(
  region: string,
  recorder: RecorderFinding,
  failure: ReadFailure,
): RegionSurvey {
  return { region, recorder, types: null, failure };
}

function readCount(row: string): CountedType[] {
  const { resourceType, awsRegion, 'COUNT(*)': count } = JSON.parse(row) as Record<string, unknown>;
  if (typeof resourceType !== 'string') return [];
  return [{ type: resourceType, global: awsRegion === GLOBAL_REGION, count: Number(count) || 0 }];
}
