import { accessCheck } from '../../core/providers/index.js';
import type { AccessCheck } from '../../core/providers/index.js';
import type { GcpApi } from './gcp.api.js';
import { readFailure } from './gcp.errors.js';
import { ALLOW_POLICY } from './policy-listing.js';

/**
 * One page of one asset of each content, and one log entry. `testIamPermissions` would be another API, which has to be enabled in the project of the
 * credentials, and does not see what VPC Service Controls refuse.
 */
export async function* checkAccess(api: GcpApi, signal: AbortSignal): AsyncGenerator<AccessCheck> {
  const resources = {
    permission: 'cloudasset.assets.listResource',
    blinds: ['*'],
    without: 'no resource is read',
  };
  yield await tried(resources, signal, () => api.probe('RESOURCE'));
  const policies = {
    permission: 'cloudasset.assets.listIamPolicy',
    blinds: [ALLOW_POLICY],
    without: 'IAM policies, bindings and members are not read',
  };
  yield await tried(policies, signal, () => api.probe('IAM_POLICY'));
  const logs = {
    permission: 'logging.logEntries.list',
    blinds: [],
    without: 'who changed a resource is not known, only when',
  };
  yield await tried(logs, signal, () => api.probeLogs());
}

async function tried(
  facts: Parameters<typeof accessCheck>[0],
  signal: AbortSignal,
  call: () => Promise<unknown>,
): Promise<AccessCheck> {
  try {
    await call();
    return accessCheck(facts, null);
  } catch (error) {
    signal.throwIfAborted();
    return accessCheck(facts, readFailure(error, facts.permission));
  }
}
