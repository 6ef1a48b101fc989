import { ResourceType } from '@aws-sdk/client-config-service';
import type { AccessCheck } from '../../core/providers/index.js';
import type { AccessQuestion } from './access-checks.js';
import type { AwsSession } from './aws.session.js';
import { CloudControlApi } from './cloud-control.api.js';
import { ConfigApi } from './config.api.js';
import { LOOKUP_EVENTS, TrailApi } from './history/trail.api.js';
import { OrganizationApi } from './organization.api.js';

export interface TriedCall extends Pick<AccessCheck, 'permission' | 'blinds' | 'without'> {
  readonly region: string;
  send(): Promise<unknown>;
}

/** A type every account can have and whose listing needs one right of its own. */
const SOME_TYPE = 'AWS::Logs::LogGroup';
const SOME_ROWS = "SELECT resourceId WHERE resourceType = 'AWS::Logs::LogGroup'";

const HOUR = 3_600_000;

/** The smallest calls of one account that need each right. */
export function callsOf(session: AwsSession, question: AccessQuestion): readonly TriedCall[] {
  const { home: region, settings, base } = question;
  const { aggregator } = settings;
  const config = new ConfigApi(session);
  const calls: TriedCall[] = [
    {
      permission: 'config:SelectResourceConfig',
      blinds: aggregator === null ? ['*'] : [],
      without: 'nothing AWS Config records is read',
      region,
      send: () => first(config.select(region, SOME_ROWS)),
    },
    {
      permission: 'config:DescribeConfigurationRecorders',
      blinds: [],
      without: 'everything is partial: nobody knows what is recorded',
      region,
      send: () => config.recorders(region),
    },
    {
      permission: 'config:DescribeConfigurationRecorderStatus',
      blinds: [],
      without: 'everything is partial: nobody knows whether recording runs',
      region,
      send: () => config.recorderStatus(region),
    },
    {
      permission: 'config:ListDiscoveredResources',
      blinds: [],
      without: 'the deletion of the last resource of a type is not proven',
      region,
      send: () => config.everRecorded(region, ResourceType.Bucket),
    },
    {
      permission: 'config:BatchGetResourceConfig',
      blinds: [],
      without: 'types with facts beside their configuration are partial',
      region,
      send: () =>
        config.batch(region, [{ resourceType: ResourceType.Bucket, resourceId: 'driftguard' }]),
    },
    {
      permission: LOOKUP_EVENTS,
      blinds: [],
      without: 'nobody knows who changed what',
      region,
      send: () =>
        new TrailApi(session).lookup(
          region,
          { key: 'EventName', value: 'DeleteTrail' },
          { since: new Date(Date.now() - HOUR), pages: 1 },
        ),
    },
  ];
  if (settings.cloudControl) calls.push(cloudControl(session, region));
  if (question.allRegions) calls.push(enabledRegions(session, region));
  if (aggregator !== null && session === base) {
    calls.unshift({
      permission: 'config:SelectAggregateResourceConfig',
      blinds: ['*'],
      without: `nothing is read through the aggregator ${aggregator.name}`,
      region: aggregator.region,
      send: () => first(config.selectAggregate(aggregator.region, aggregator.name, SOME_ROWS)),
    });
  }
  return calls;
}

function cloudControl(session: AwsSession, region: string): TriedCall {
  return {
    permission: 'cloudformation:ListResources',
    blinds: ['types AWS Config does not hold'],
    without: `types AWS Config does not hold are not read (tried with ${SOME_TYPE}, which needs logs:DescribeLogGroups as well)`,
    region,
    send: () => first(new CloudControlApi(session).list(region, SOME_TYPE)),
  };
}

function enabledRegions(session: AwsSession, region: string): TriedCall {
  return {
    permission: 'account:ListRegions',
    blinds: [],
    without: 'only regions that are named are read',
    region,
    send: () => new OrganizationApi(session, region).enabledRegions(),
  };
}

/** One page; the rest is not asked for. */
async function first(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const page of pages) {
    if (page !== undefined) return;
  }
}
