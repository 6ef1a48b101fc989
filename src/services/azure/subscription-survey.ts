import type { AzureApi } from './azure.api.js';
import { readFailure } from './azure.errors.js';
import type { ReadFailure } from './azure.errors.js';
import { COUNT_TYPES } from './queries.js';
import { findAccess } from './subscription-access.js';
import type { SubscriptionAccess } from './subscription-access.js';

/** What there is to read in a subscription, before it is read. */
export interface SubscriptionSurvey {
  readonly subscription: string;
  readonly access: SubscriptionAccess;
  /** Types of the table Resources that hold any; null when they could not be counted, `failure` says why. */
  readonly types: readonly CountedType[] | null;
  readonly failure: ReadFailure | null;
}

export interface CountedType {
  /** In lower case. */
  readonly type: string;
  readonly count: number;
}

/** Never throws but for the abort of the scan. */
export async function surveySubscription(
  api: AzureApi,
  subscription: string,
  signal: AbortSignal,
): Promise<SubscriptionSurvey> {
  const access = await findAccess(api, subscription, signal);
  const fail = (failure: ReadFailure): SubscriptionSurvey => ({
    subscription,
    access,
    types: null,
    failure,
  });
  try {
    const types: CountedType[] = [];
    const scope = { subscriptions: [subscription], managementGroups: [] };
    for await (const { rows, cutOff } of api.query(scope, COUNT_TYPES)) {
      if (cutOff) return fail({ status: 'failed', message: 'the list of types was cut off' });
      for (const { type, count_: count } of rows) {
        if (typeof type === 'string')
          types.push({ type: type.toLowerCase(), count: Number(count) || 0 });
      }
    }
    if (types.length === 0 && access.none) {
      const message = `The identity has no right to read subscription ${subscription}`;
      return fail({ status: 'denied', message });
    }
    return { subscription, access, types, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return fail(readFailure(error, `Resource Graph of subscription ${subscription}`));
  }
}
