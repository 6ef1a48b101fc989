import type { JsonObject } from '../json.js';
import type { AwsAccount } from './aws-estate.js';
import type { Aggregated } from './config-service.js';

/** The aggregators of an account in a region, by name. */
export function aggregatedBy(
  owner: AwsAccount,
  region: string,
  estate: readonly AwsAccount[],
): (name: string) => Aggregated | null {
  return (name) => {
    const aggregator = (owner.aggregators ?? []).find(
      (one) => one.name === name && one.region === region,
    );
    if (!aggregator) return null;
    const sources = estate
      .filter(
        ({ accountId }) =>
          aggregator.accounts.length === 0 || aggregator.accounts.includes(accountId),
      )
      .flatMap(({ accountId, regions }) =>
        Object.entries(regions).map(([name, { items }]) => ({ accountId, name, items })),
      );
    return {
      items: sources.flatMap(({ items }) => items),
      sources: sources.map((source) =>
        status(source, aggregator.failed.includes(`${source.accountId}/${source.name}`)),
      ),
    };
  };
}

function status(source: { accountId: string; name: string }, failed: boolean): JsonObject {
  return {
    SourceId: source.accountId,
    SourceType: 'ACCOUNT',
    AwsRegion: source.name,
    LastUpdateStatus: failed ? 'FAILED' : 'SUCCEEDED',
    LastUpdateTime: 1767225600,
    ...(failed ? { LastErrorCode: 'AccessDenied', LastErrorMessage: 'Not authorized.' } : {}),
  };
}
