import { RecorderStatus, RecordingStrategyType } from '@aws-sdk/client-config-service';
import type {
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
} from '@aws-sdk/client-config-service';
import type { ReadFailure } from './aws.errors.js';
import type { ConfigApi } from './config.api.js';

/** What a region's recorder lets us claim about what was read there. */
export interface RecorderFinding {
  /** False where AWS Config was never switched on: nothing there is worth a query. */
  readonly present: boolean;
  /** Why nothing in this region is complete; null when the recorder is on and working. */
  readonly caveat: string | null;
  /** Whether changes of the type are recorded; true when nobody can tell. */
  records(type: string): boolean;
}

/** Recorded everywhere or once, by `includeGlobalResourceTypes` (API reference, RecordingGroup). */
export const GLOBAL_IAM_TYPES: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
]);

/** `unreachable` when nothing answered there at all. */
export async function findRecorder(
  api: ConfigApi,
  region: string,
): Promise<RecorderFinding | { readonly unreachable: ReadFailure }> {
  try {
    const [recorders, statuses] = await Promise.all([
      api.recorders(region),
      api.recorderStatus(region),
    ]);
    return judgeRecorder(region, recorders, statuses);
  } catch (error) {
    const failure = api.session.failure(error, 'config:DescribeConfigurationRecorders', region);
    if (failure.unreachable) return { unreachable: failure };
    return {
      present: true,
      caveat: `Nobody can tell whether AWS Config records in ${region}: ${failure.message}`,
      records: () => true,
    };
  }
}

/** A recorder nobody can look at. */
export function unknownRecorder(caveat: string | null): RecorderFinding {
  return { present: true, caveat, records: () => true };
}

export function judgeRecorder(
  region: string,
  recorders: readonly ConfigurationRecorder[],
  statuses: readonly ConfigurationRecorderStatus[],
): RecorderFinding {
  const recorder = recorders.find((one) => one.servicePrincipal === undefined) ?? recorders[0];
  if (!recorder) {
    return {
      present: false,
      caveat: `AWS Config has no configuration recorder in ${region}: switch it on, or leave the region out`,
      records: () => false,
    };
  }
  const status = statuses.find((one) => one.name === recorder.name);
  return {
    present: true,
    caveat: caveatOf(region, status),
    records: (type) => isRecorded(recorder, type),
  };
}

function caveatOf(region: string, status: ConfigurationRecorderStatus | undefined): string | null {
  if (status?.recording !== true) {
    const since = status?.lastStopTime ? ` since ${status.lastStopTime.toISOString()}` : '';
    return `The AWS Config recorder in ${region} is stopped${since}: what it holds may be out of date`;
  }
  if (status.lastStatus === RecorderStatus.Failure) {
    const code = status.lastErrorCode ? ` (${status.lastErrorCode})` : '';
    return `The AWS Config recorder in ${region} reports a failure${code}: what it holds may be out of date`;
  }
  return null;
}

function isRecorded({ recordingGroup: group }: ConfigurationRecorder, type: string): boolean {
  const strategy = group?.recordingStrategy?.useOnly;
  if (strategy === RecordingStrategyType.EXCLUSION_BY_RESOURCE_TYPES) {
    const excluded: readonly string[] = group?.exclusionByResourceTypes?.resourceTypes ?? [];
    return !excluded.includes(type);
  }
  const included: readonly string[] = group?.resourceTypes ?? [];
  if (strategy === RecordingStrategyType.INCLUSION_BY_RESOURCE_TYPES || !group?.allSupported) {
    return included.includes(type);
  }
  return !GLOBAL_IAM_TYPES.has(type) || group.includeGlobalResourceTypes === true;
}
