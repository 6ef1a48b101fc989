import type { Coverage, JsonObject } from '../../core/providers/index.js';
import { LIST_IAM_POLICY } from './asset-survey.js';
import type { GcpApi } from './gcp.api.js';
import { readFailure } from './gcp.errors.js';

/** The coverage record of the policies, beside those of the types: https://cloud.google.com/iam/docs/policies */
export const ALLOW_POLICY = 'iam.googleapis.com/AllowPolicy';

/** The allow policies of everything that has one, by asset name. */
export interface PolicyListing {
  /** Undefined: the resource has none. `unread`: nobody can tell. */
  policyOf(assetName: string): JsonObject | 'unread' | undefined;
  readonly coverage: Pick<Coverage, 'status' | 'resources' | 'pages' | 'message'>;
}

/** Never throws but for the abort of the scan. Resources are read all the same when policies may not be. */
export async function listPolicies(
  api: GcpApi,
  types: readonly string[],
  signal: AbortSignal,
): Promise<PolicyListing> {
  const policies = new Map<string, JsonObject>();
  let pages = 0;
  const listing = (status: Coverage['status'], message: string | null): PolicyListing => ({
    policyOf: (name) => policies.get(name) ?? (status === 'complete' ? undefined : 'unread'),
    coverage: { status, message, resources: policies.size, pages },
  });
  try {
    for await (const page of api.list({ types, content: 'IAM_POLICY' })) {
      pages += 1;
      for (const { name, iamPolicy } of page) {
        if (typeof name === 'string' && iamPolicy) policies.set(name, iamPolicy as JsonObject);
      }
    }
    return listing('complete', null);
  } catch (error) {
    signal.throwIfAborted();
    const { status, message } = readFailure(error, LIST_IAM_POLICY);
    return pages > 0
      ? listing('partial', `Stopped after ${pages} pages: ${message}`)
      : listing(status, message);
  }
}
