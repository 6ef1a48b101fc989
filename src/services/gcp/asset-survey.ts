import type { JsonObject } from '../../core/providers/index.js';
import type { GcpApi } from './gcp.api.js';
import { isHopeless, readFailure } from './gcp.errors.js';
import type { ReadFailure } from './gcp.errors.js';

/** What there is to read, before it is read. */
export interface AssetSurvey {
  /** How many assets of each type were named. */
  readonly types: ReadonlyMap<string, number>;
  /** Why the naming stopped early, or never began; null when it is whole. */
  readonly failure: ReadFailure | null;
}

export const LIST_RESOURCE = 'cloudasset.assets.listResource';
export const LIST_IAM_POLICY = 'cloudasset.assets.listIamPolicy';
const PROJECT_TYPE = 'cloudresourcemanager.googleapis.com/Project';

/** @throws what the SDK throws when not even the first page came and no other call would fare better */
export async function surveyAssets(api: GcpApi, signal: AbortSignal): Promise<AssetSurvey> {
  const types = new Map<string, number>();
  try {
    for await (const page of api.list({ types: [], content: null })) {
      for (const { assetType } of page) {
        if (typeof assetType === 'string') types.set(assetType, (types.get(assetType) ?? 0) + 1);
      }
    }
    return { types, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    if (types.size === 0 && isHopeless(error)) throw error;
    return { types, failure: readFailure(error, LIST_RESOURCE) };
  }
}

/**
 * Project ids by number; as many as can be read, as a missing one only leaves the number where the id should stand.
 */
export async function projectIds(
  api: GcpApi,
  survey: AssetSurvey,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  if (!survey.types.has(PROJECT_TYPE)) return ids;
  try {
    for await (const page of api.list({ types: [PROJECT_TYPE], content: 'RESOURCE' })) {
      for (const { resource } of page) {
        const { data } = resource as JsonObject;
        const { projectId, projectNumber } = (data ?? {}) as JsonObject;
        const isNumber = typeof projectNumber === 'string' || typeof projectNumber === 'number';
        if (typeof projectId === 'string' && isNumber) ids.set(String(projectNumber), projectId);
      }
    }
  } catch {
    // The type's own reading says so in its coverage.
    signal.throwIfAborted();
  }
  return ids;
}
