import { afterEach, describe, expect, it } from '@jest/globals';
import { AwsCloud } from '../../../sandbox/aws/aws-cloud.js';
import { makeRegion } from '../../../sandbox/aws/aws-estate.js';
import type { AwsAccount } from '../../../sandbox/aws/aws-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import { UNLIMITED } from '../../../src/core/providers/index.js';
import type {
  ChangedResource,
  Inventory,
  RateLimitKey,
} from '../../../src/core/providers/index.js';
import { AwsInventoryFactory } from '../../../src/services/aws/index.js';
import { QUICK, control } from './reading.js';

const [HUB, ONE] = ['100000000001', '200000000002'] as const;
const HOME = 'eu-west-1';
const SINCE = new Date('2026-01-01T00:00:00Z');
const SIGNAL = new AbortController().signal;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const event = (eventName: string, eventTime: string, more: JsonObject = {}): JsonObject => ({
  eventID: `${eventName}${eventTime}`,
  eventName,
  eventTime,
  eventSource: 'rds.amazonaws.com',
  readOnly: false,
  userAgent: 'console.amazonaws.com',
  userIdentity: { arn: `arn:aws:iam::${HUB}:user/ana` },
  ...more,
});
const EVENTS = [
  event('ModifyDBInstance', '2026-03-02T00:00:00Z', {
    requestParameters: { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 1 },
  }),
  event('ModifyDBInstance', '2026-03-03T00:00:00Z', {
    requestParameters: { dBInstanceIdentifier: 'other', backupRetentionPeriod: 1 },
  }),
  event('DescribeDBInstances', '2026-03-04T00:00:00Z', {
    readOnly: true,
    requestParameters: { dBInstanceIdentifier: 'orders' },
  }),
  event('DeleteBucket', '2026-03-05T00:00:00Z', {
    eventSource: 's3.amazonaws.com',
    resources: [{ ResourceName: 'exports', type: 'AWS::S3::Bucket' }],
    requestParameters: { bucketName: 'exports' },
  }),
  event('PutBucketVersioning', '2025-12-05T00:00:00Z', {
    eventSource: 's3.amazonaws.com',
    resources: [{ ResourceName: 'exports', type: 'AWS::S3::Bucket' }],
  }),
];

function account(accountId: string, regions: AwsAccount['regions']): AwsAccount {
  const arn = `arn:aws:iam::${accountId}:user/scanner`;
  return { accountId, arn, userId: 'AIDA', accessKeyIds: [`AKIA${accountId}`], regions };
}

async function serve(): Promise<RunningServer> {
  const user = event('CreateUser', '2026-03-06T00:00:00Z', {
    eventSource: 'iam.amazonaws.com',
    resources: [{ ResourceName: 'temp', type: 'AWS::IAM::User' }],
  });
  const accounts = [
    account(HUB, { [HOME]: makeRegion([], {}, { events: EVENTS }) }),
    account(ONE, { 'us-east-1': makeRegion([], {}, { events: [user] }) }),
  ];
  const server = await serveCloud(new AwsCloud(accounts, null), 0);
  open.push(server);
  return server;
}

function connect({ url }: RunningServer, taken: RateLimitKey[] = []): Inventory {
  const inventory = new AwsInventoryFactory(QUICK).create(
    {
      provider: 'aws',
      endpoint: url,
      regions: [HOME],
      credentials: { accessKeyId: `AKIA${HUB}`, secretAccessKey: 'secret' },
      options: { role_name: 'driftguard-read', accounts: [{ account_id: ONE }] },
    },
    {
      ...UNLIMITED,
      take: (key, signal) => {
        taken.push(key);
        return UNLIMITED.take(key, signal);
      },
    },
  );
  open.push(inventory);
  return inventory;
}

const resource = (
  type: string,
  id: string,
  more: Partial<ChangedResource> = {},
): ChangedResource => ({
  provider: 'aws',
  type,
  id,
  name: null,
  aliases: [],
  scope: { accountId: HUB, region: HOME, namespace: null },
  ...more,
});
const ORDERS = resource('AWS::RDS::DBInstance', 'db-XA4B', { name: 'orders' });

describe("CloudTrail's event history", () => {
  it('finds the writes to a resource by its name, within the time asked for', async () => {
    const { history } = connect(await serve());
    const events = await history?.eventsOf(resource('AWS::S3::Bucket', 'exports'), SINCE, SIGNAL);
    expect(events).toMatchObject([{ action: 'DeleteBucket', client: 'console', paths: null }]);
  });

  it('finds them in the writes of the service where records name no resource', async () => {
    const server = await serve();
    const taken: RateLimitKey[] = [];
    const { history } = connect(server, taken);
    const events = await history?.eventsOf(ORDERS, SINCE, SIGNAL);
    expect(events).toMatchObject([
      {
        at: '2026-03-02T00:00:00Z',
        actor: `arn:aws:iam::${HUB}:user/ana`,
        paths: ['backupRetentionPeriod'],
      },
    ]);
    const other = resource('AWS::RDS::DBInstance', 'db-YB5C', { name: 'none' });
    expect(await history?.eventsOf(other, SINCE, SIGNAL)).toEqual([]);
    const { byOperation } = await control(server, 'GET', 'calls');
    // Two names of each, the service once, and who we are once.
    expect(byOperation).toEqual({ GetCallerIdentity: 1, LookupEvents: 5 });
    const asked = taken.filter(({ operation }) => operation === 'cloudtrail:LookupEvents');
    expect(new Set(asked.map(({ account: whose }) => whose))).toEqual(new Set([`${HUB}/${HOME}`]));
  });

  it('asks in the account of the resource; for what lives in no region, in the first', async () => {
    const { history } = connect(await serve());
    const scope = { accountId: ONE, region: null, namespace: null };
    const user = resource('AWS::IAM::User', 'AIDA1', { name: 'temp', scope });
    expect(await history?.eventsOf(user, SINCE, SIGNAL)).toMatchObject([{ action: 'CreateUser' }]);
  });

  it.each([
    ['denied', { fault: 'deny', operation: 'LookupEvents' }],
    ['throttled', { fault: 'throttle', operation: 'LookupEvents' }],
  ])('says when it is %s', async (failure, fault) => {
    const server = await serve();
    await control(server, 'POST', 'faults', fault);
    const { history } = connect(server);
    await expect(history?.eventsOf(ORDERS, SINCE, SIGNAL)).rejects.toMatchObject({
      failure,
      message: expect.stringContaining('cloudtrail:LookupEvents') as unknown,
    });
  });

  it('stops when the run is cancelled', async () => {
    const { history } = connect(await serve());
    const gone = AbortSignal.abort();
    await expect(history?.eventsOf(ORDERS, SINCE, gone)).rejects.toMatchObject({
      failure: 'cancelled',
    });
  });
});
