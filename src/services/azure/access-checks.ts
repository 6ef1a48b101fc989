import { accessCheck } from '../../core/providers/index.js';
import type { AccessCheck } from '../../core/providers/index.js';
import type { AzureApi } from './azure.api.js';
import { findAccess } from './subscription-access.js';
import type { SubscriptionAccess } from './subscription-access.js';

/** Of each subscription: what the identity may read of all of it. */
export async function* checkAccess(
  api: AzureApi,
  subscriptions: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<AccessCheck> {
  for (const subscription of subscriptions) {
    yield wholeSubscription(subscription, await findAccess(api, subscription, signal));
  }
}

function wholeSubscription(subscription: string, access: SubscriptionAccess): AccessCheck {
  const facts = {
    permission: `*/read at /subscriptions/${subscription}`,
    without:
      'Azure leaves out without a word what may not be read: such types are never complete, and nothing of them is reported as deleted',
  };
  if (!access.isKnown) {
    const message = access.gap('*') ?? '';
    return accessCheck({ ...facts, blinds: [] }, { status: 'failed', message });
  }
  const { unread: blinds } = access;
  if (blinds.length === 0) return accessCheck({ ...facts, blinds }, null);
  const message = access.none
    ? 'the identity holds no role at the subscription; assign Reader'
    : 'its roles grant some types only; assign Reader at the subscription';
  return accessCheck({ ...facts, blinds }, { status: 'denied', message });
}
