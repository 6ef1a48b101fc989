import type { AggregatedSourceStatus } from '@aws-sdk/client-config-service';
import type { ReadFailure } from './aws.errors.js';
import type { AwsAggregator } from './aws.settings.js';
import type { ConfigApi } from './config.api.js';
import { GLOBAL_REGION } from './configuration-item.js';
import type { CountedType } from './region-survey.js';

/** What an aggregator holds of one account in one region. */
export interface AggregatedRegion {
  readonly region: string;
  readonly types: readonly CountedType[];
  /** Why what it holds may be out of date; null when the last update worked. */
  readonly stale: string | null;
}

export interface AggregatorSurvey {
  /** By account; IAM and the like are counted under the account's first region. */
  readonly accounts: ReadonlyMap<string, readonly AggregatedRegion[]>;
  readonly failure: ReadFailure | null;
}

const COUNT_TYPES =
  'SELECT resourceType, accountId, awsRegion, COUNT(*) GROUP BY resourceType, accountId, awsRegion';

/** Never throws but for the abort of the scan. */
export async function surveyAggregator(
  api: ConfigApi,
  aggregator: AwsAggregator,
): Promise<AggregatorSurvey> {
  const { name, region } = aggregator;
  let operation = 'config:DescribeConfigurationAggregatorSourcesStatus';
  try {
    const sources = await api.sourcesStatus(region, name);
    operation = 'config:SelectAggregateResourceConfig';
    const counts: Counted[] = [];
    for await (const page of api.selectAggregate(region, name, COUNT_TYPES))
      counts.push(...page.flatMap(readCount));
    return { accounts: byAccount(name, sources, counts), failure: null };
  } catch (error) {
    return { accounts: new Map(), failure: api.session.failure(error, operation, region) };
  }
}

interface Counted {
  readonly accountId: string;
  readonly region: string;
  readonly counted: CountedType;
}

function readCount(row: string): Counted[] {
  const {
    resourceType: type,
    accountId,
    awsRegion,
    'COUNT(*)': count,
  } = JSON.parse(row) as Record<string, unknown>;
  if (typeof type !== 'string' || typeof accountId !== 'string' || typeof awsRegion !== 'string') {
    return [];
  }
  const global = awsRegion === GLOBAL_REGION;
  return [{ accountId, region: awsRegion, counted: { type, global, count: Number(count) || 0 } }];
}

function byAccount(
  name: string,
  sources: readonly AggregatedSourceStatus[],
  counts: readonly Counted[],
): Map<string, AggregatedRegion[]> {
  const accounts = new Map<string, AggregatedRegion[]>();
  const regions = sources.filter(({ SourceType }) => SourceType === 'ACCOUNT');
  for (const source of regions) {
    const { SourceId: accountId, AwsRegion: region } = source;
    if (!accountId || !region) continue;
    const known = accounts.get(accountId) ?? [];
    const first = known.length === 0;
    const types = counts
      .filter(
        (one) =>
          one.accountId === accountId &&
          (one.region === region || (first && one.region === GLOBAL_REGION)),
      )
      .map(({ counted }) => counted);
    accounts.set(accountId, [...known, { region, types, stale: staleness(name, source) }]);
  }
  return accounts;
}

function staleness(name: string, source: AggregatedSourceStatus): string | null {
  const { LastUpdateStatus: status, LastErrorCode: code, LastUpdateTime: at } = source;
  if (status === 'SUCCEEDED') return null;
  const since = at ? ` since ${at.toISOString()}` : '';
  const why = code ? ` (${code})` : '';
  return `The aggregator ${name} reports ${status ?? 'nothing'}${why} for this account and region${since}: what it holds may be out of date`;
}
