import { afterEach, describe, expect, it } from '@jest/globals';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AwsCloud } from '../../../sandbox/aws/aws-cloud.js';
import { makeRegion, parseItem } from '../../../sandbox/aws/aws-estate.js';
import type { AwsAccount, AwsRegion } from '../../../sandbox/aws/aws-estate.js';
import type { AwsOrganization } from '../../../sandbox/aws/organization.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import { EVERYTHING } from '../../../src/core/providers/index.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { AwsInventoryFactory } from '../../../src/services/aws/index.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const [HUB, ONE, TWO] = ['100000000001', '200000000002', '300000000003'] as const;
const HOME = 'eu-west-1';
const QUEUE = 'AWS::SQS::Queue';
const KEY = 'AWS::KMS::Key';
const LOG_GROUP = 'AWS::Logs::LogGroup';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function place(accountId: string, items: readonly JsonObject[], more: Partial<AwsRegion> = {}) {
  const parsed = items.map((item) => parseItem(item, accountId, HOME, 'x'));
  return makeRegion(parsed, {}, more);
}

const queue = (id: string): JsonObject => ({
  resourceType: QUEUE,
  resourceId: id,
  configuration: { id },
});

function account(accountId: string, regions: Record<string, AwsRegion>): AwsAccount {
  const arn = `arn:aws:iam::${accountId}:user/scanner`;
  return { accountId, arn, userId: 'AIDA', accessKeyIds: [`AKIA${accountId}`], regions };
}

async function serve(
  accounts: readonly AwsAccount[],
  organization: AwsOrganization | null = null,
): Promise<RunningServer> {
  const server = await serveCloud(new AwsCloud(accounts, organization), 0);
  open.push(server);
  return server;
}

function connect(
  { url }: RunningServer,
  options: JsonObject = {},
  regions: readonly string[] = [HOME],
  concurrency = 4,
): Inventory {
  const inventory = new AwsInventoryFactory({ ...QUICK, concurrency }).create({
    provider: 'aws',
    endpoint: url,
    regions,
    credentials: { accessKeyId: `AKIA${HUB}`, secretAccessKey: 'secret' },
    options,
  });
  open.push(inventory);
  return inventory;
}

async function calls(server: RunningServer): Promise<Record<string, number>> {
  const { byOperation } = await control(server, 'GET', 'calls');
  return byOperation as Record<string, number>;
}

describe('which accounts are read', () => {
  const three = [HUB, ONE, TWO].map((id) => account(id, { [HOME]: place(id, [queue(`q-${id}`)]) }));
  const organization: AwsOrganization = {
    id: 'o-sand',
    managementAccountId: HUB,
    root: 'r-sand',
    units: [
      { id: 'ou-sand-11111111', name: 'prod', parent: 'r-sand' },
      { id: 'ou-sand-22222222', name: 'eu', parent: 'ou-sand-11111111' },
    ],
    accounts: [
      { id: HUB, name: 'hub', parent: 'r-sand', state: 'ACTIVE' },
      { id: ONE, name: 'one', parent: 'ou-sand-11111111', state: 'ACTIVE' },
      { id: TWO, name: 'two', parent: 'ou-sand-22222222', state: 'ACTIVE' },
      { id: '400000000004', name: 'old', parent: 'ou-sand-22222222', state: 'CLOSED' },
    ],
  };
  const read = async (inventory: Inventory): Promise<string[]> =>
    (await readAll(inventory)).coverage.map(({ accountId }) => accountId ?? '').toSorted();

  it.each([
    ['the one of the credentials', {}, [HUB]],
    ['a role', { accounts: [{ role_arn: `arn:aws:iam::${ONE}:role/x` }] }, [ONE]],
    [
      'numbers',
      { accounts: [{ account_id: HUB }, { account_id: TWO }], role_name: 'x' },
      [HUB, TWO],
    ],
    ['the organization', { organization: {}, role_name: 'x' }, [HUB, ONE, TWO]],
    [
      'a unit and what is below it',
      { organization: { units: ['ou-sand-11111111'] }, role_name: 'x' },
      [ONE, TWO],
    ],
    ['all but one', { organization: { exclude: [ONE] }, role_name: 'x' }, [HUB, TWO]],
  ])('%s', async (_, options, expected) => {
    expect(await read(connect(await serve(three, organization), options as JsonObject))).toEqual(
      expected,
    );
  });

  it('says which were left out, and why', async () => {
    const inventory = connect(await serve(three, organization), {
      organization: { exclude: [ONE] },
      role_name: 'x',
    });
    const said: string[] = [];
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'notice') said.push(record.notice.message);
    }
    expect(said).toEqual([
      `Account ${ONE} (one) is excluded by the settings: it was left out`,
      'Account 400000000004 (old) is closed: it was left out',
    ]);
  });

  it('an organization that may not be listed leaves the named accounts, and is no secret', async () => {
    const server = await serve(three, organization);
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'ListAccounts' });
    const options = { organization: {}, role_name: 'x', accounts: [{ account_id: ONE }] };
    const reading = await readAll(connect(server, options));
    expect(coverageOf(reading, '*')).toMatchObject({
      accountId: null,
      status: 'denied',
      message: expect.stringContaining('lacks organizations:ListAccounts'),
    });
    expect(coverageOf(reading, QUEUE)).toMatchObject({ accountId: ONE, status: 'complete' });
  });

  it('an account nobody can enter is one gap', async () => {
    const reading = await readAll(connect(await serve(three), { accounts: [{ account_id: TWO }] }));
    expect(reading.coverage).toMatchObject([
      { type: '*', accountId: TWO, status: 'failed', message: expect.stringContaining('No role') },
    ]);
  });

  it.each([
    [{ organization: {} }, 'role_name is missing'],
    [{ accounts: [{}] }, 'accounts[0] names neither'],
    [{ accounts: [{ role_arn: 'x' }] }, 'role_arn is not written as AWS writes it'],
    [
      { accounts: [{ account_id: ONE, role_arn: `arn:aws:iam::${TWO}:role/x` }] },
      `names account ${ONE} and a role of account ${TWO}`,
    ],
    [{ aggregator: { name: 'x' } }, 'aggregator needs a name and a region'],
  ])('%j is refused', (options, message) => {
    const factory = new AwsInventoryFactory({ localCredentials: true });
    const connection = { provider: 'aws', endpoint: null, regions: [], credentials: {} } as const;
    expect(() => factory.create({ ...connection, options })).toThrow(message);
  });
});

describe('which regions are read', () => {
  const regions = { [HOME]: place(HUB, [queue('a')]), 'us-east-1': makeRegion([]) };

  it('all that are enabled', async () => {
    const server = await serve([account(HUB, regions)]);
    const expected = [{ type: QUEUE, region: null }];
    const reading = await readAll(connect(server, {}, ['all']), { expected });
    expect(reading.coverage.map(({ region }) => region).toSorted()).toEqual([HOME, 'us-east-1']);
  });

  it('without the permission one of them, and the gap is said', async () => {
    const server = await serve([account(HUB, regions)]);
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'ListRegions' });
    const reading = await readAll(connect(server, {}, [HOME, 'all']));
    expect(coverageOf(reading, '*')).toMatchObject({
      accountId: HUB,
      region: null,
      status: 'denied',
      message: expect.stringContaining('lacks account:ListRegions'),
    });
    expect(coverageOf(reading, QUEUE)).toMatchObject({ region: HOME, status: 'complete' });
  });
});

describe('what an earlier attempt read', () => {
  it('is not listed again', async () => {
    const key = { resourceType: KEY, resourceId: 'k', configuration: { id: 'k' } };
    const server = await serve([account(HUB, { [HOME]: place(HUB, [queue('a'), key]) })]);
    const completed = [{ type: QUEUE, accountId: HUB, region: HOME }];
    const reading = await readAll(connect(server), { completed });
    expect(reading.coverage.map(({ type }) => type)).toEqual([KEY]);
    const { byType } = await control(server, 'GET', 'calls');
    expect(byType).not.toHaveProperty([QUEUE]);
  });
});

describe('what a row lacks', () => {
  const key = {
    resourceType: KEY,
    resourceId: 'k',
    configuration: { id: 'k' },
    supplementaryConfiguration: { KeyRotationStatus: 'true' },
    queryOmits: ['supplementaryConfiguration'],
  };
  const big = { ...queue('big'), queryOmits: ['configuration'] };

  it('is read by a batch', async () => {
    const server = await serve([account(HUB, { [HOME]: place(HUB, [key, big, queue('small')]) })]);
    const reading = await readAll(connect(server));
    const found = reading.resources.find(({ id }) => id === 'k');
    expect(found?.companions).toEqual({ supplementary: { KeyRotationStatus: 'true' } });
    expect(reading.resources.find(({ id }) => id === 'big')?.properties).toEqual({ id: 'big' });
    expect(reading.coverage.every(({ status }) => status === 'complete')).toBe(true);
    expect((await calls(server)).BatchGetResourceConfig).toBe(2);
  });

  it('leaves the type partial when the batch is denied', async () => {
    const server = await serve([account(HUB, { [HOME]: place(HUB, [key]) })]);
    const operation = 'BatchGetResourceConfig';
    await control(server, 'POST', 'faults', { fault: 'deny', operation });
    expect(coverageOf(await readAll(connect(server)), KEY)).toMatchObject({
      status: 'partial',
      resources: 1,
      message: expect.stringContaining('lacks config:BatchGetResourceConfig'),
    });
  });
});

describe('Cloud Control', () => {
  const group = (n: number) => ({
    Identifier: `/app/${n}`,
    Properties: { LogGroupName: `/app/${n}`, Arn: `arn:${n}`, Tags: [{ Key: 'a', Value: 'b' }] },
  });
  const models = { [LOG_GROUP]: Array.from({ length: 120 }, (_, n) => group(n)), [QUEUE]: [] };
  const estate = () => [account(HUB, { [HOME]: place(HUB, [], { models }) })];
  const expected = [{ type: LOG_GROUP, region: HOME }];

  it('reads expected types AWS Config does not record, and no others', async () => {
    const server = await serve(estate());
    const reading = await readAll(connect(server), { expected });
    expect(coverageOf(reading, LOG_GROUP)).toMatchObject({
      status: 'complete',
      resources: 120,
      pages: 2,
    });
    expect(reading.resources[0]).toMatchObject({
      type: LOG_GROUP,
      format: 'aws-cloudcontrol',
      id: '/app/0',
      aliases: ['arn:0'],
      tags: { a: 'b' },
      scope: { accountId: HUB, region: HOME },
    });
    expect((await readAll(connect(server))).coverage).toEqual([]);
    const off = await readAll(connect(server, { cloud_control: 'off' }), { expected });
    expect(coverageOf(off, LOG_GROUP).status).toBe('failed');
  });

  it('proves that there is none where AWS Config never recorded one', async () => {
    const reading = await readAll(connect(await serve(estate())), {
      expected: [{ type: QUEUE, region: HOME }],
    });
    expect(coverageOf(reading, QUEUE)).toMatchObject({ status: 'complete', resources: 0 });
  });

  it('says what is missing when it is denied, and stops asking', async () => {
    const server = await serve(estate());
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'GetResource' });
    const reading = await readAll(connect(server), { expected });
    expect(coverageOf(reading, LOG_GROUP)).toMatchObject({
      status: 'denied',
      resources: 0,
      message: expect.stringContaining('lacks cloudformation:GetResource of AWS::Logs::LogGroup'),
    });
    expect((await calls(server)).GetResource).toBeLessThan(10);
  });

  it('is partial when some cannot be read', async () => {
    const server = await serve(estate());
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'GetResource', skip: 118 });
    expect(coverageOf(await readAll(connect(server), { expected }), LOG_GROUP)).toMatchObject({
      status: 'partial',
      resources: 118,
      message: expect.stringContaining('2 of 120 could not be read'),
    });
  });
});

describe('a region that stops answering', () => {
  it('is given up, and the others are not', async () => {
    const types = [
      'AWS::SNS::Topic',
      'AWS::Lambda::Function',
      'AWS::EC2::Instance',
      'AWS::EC2::Vpc',
    ];
    const items = [...types, 'AWS::EC2::Subnet', 'AWS::RDS::DBInstance', 'AWS::ECS::Cluster'].map(
      (resourceType) => ({ resourceType, resourceId: 'x', configuration: { id: 'x' } }),
    );
    const far = makeRegion(items.map((item) => parseItem(item, HUB, 'us-east-1', 'x')));
    const server = await serve([
      account(HUB, { [HOME]: place(HUB, [queue('a')]), 'us-east-1': far }),
    ]);
    // Lives through the survey: two calls about the recorder and one that counts.
    await control(server, 'POST', 'faults', { fault: 'drop', region: 'us-east-1', skip: 3 });
    const reading = await readAll(connect(server, {}, [HOME, 'us-east-1'], 1));
    expect(coverageOf(reading, QUEUE)).toMatchObject({ region: HOME, status: 'complete' });
    const lost = reading.coverage.filter(({ region }) => region === 'us-east-1');
    expect(lost.map(({ status }) => status)).toEqual(items.map(() => 'failed'));
    const spared = lost.filter(({ message }) => message?.startsWith('Not asked any more'));
    expect(spared.length).toBeGreaterThanOrEqual(2);
  });
});

describe('CloudTrail', () => {
  const event = (eventID: string, eventTime: string, ResourceName: string): JsonObject => ({
    eventID,
    eventTime,
    eventName: 'SetQueueAttributes',
    eventSource: 'sqs.amazonaws.com',
    userAgent: 'aws-cli/2.31',
    sourceIPAddress: '203.0.113.7',
    userIdentity: { type: 'IAMUser', userName: 'anna', accessKeyId: 'AKIAANNA' },
    resources: [{ type: QUEUE, ResourceName }],
  });

  it('finds events by attribute and time, newest first', async () => {
    const events = [
      event('e1', '2026-05-01T10:00:00Z', 'jobs'),
      event('e2', '2026-05-02T10:00:00Z', 'jobs'),
      event('e3', '2026-05-02T11:00:00Z', 'other'),
    ];
    const server = await serve([account(HUB, { [HOME]: place(HUB, [], { events }) })]);
    const client = new CloudTrailClient({
      region: HOME,
      endpoint: server.url,
      credentials: { accessKeyId: `AKIA${HUB}`, secretAccessKey: 'secret' },
    });
    const LookupAttributes = [{ AttributeKey: 'ResourceName' as const, AttributeValue: 'jobs' }];
    const first = await client.send(new LookupEventsCommand({ LookupAttributes, MaxResults: 1 }));
    expect(first.Events).toMatchObject([
      { EventId: 'e2', Username: 'anna', EventTime: new Date('2026-05-02T10:00:00Z') },
    ]);
    const { NextToken } = first;
    const second = await client.send(
      new LookupEventsCommand({ LookupAttributes, MaxResults: 1, ...(NextToken && { NextToken }) }),
    );
    expect(second.Events?.map(({ EventId }) => EventId)).toEqual(['e1']);
    expect(second.NextToken).toBeUndefined();
    client.destroy();
  });
});
