import { afterEach, describe, expect, it } from '@jest/globals';
import type { AwsRegion } from '../../../sandbox/aws/aws-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { AwsInventoryFactory } from '../../../src/services/aws/index.js';
import type { AwsInventoryOptions } from '../../../src/services/aws/index.js';
import { ACCOUNT, item, queues, region, serveAws } from './aws-sandbox.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const HOME = 'eu-west-1';
const QUEUE = 'AWS::SQS::Queue';
const BUCKET = 'AWS::S3::Bucket';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(regions: Record<string, AwsRegion>): Promise<RunningServer> {
  const server = await serveAws(regions);
  open.push(server);
  return server;
}

function connect(
  server: { url: string },
  regions: readonly string[] = [HOME],
  options: Partial<AwsInventoryOptions> = {},
): Inventory {
  const inventory = new AwsInventoryFactory({ ...QUICK, ...options }).create({
    provider: 'aws',
    endpoint: server.url,
    regions,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET },
  });
  open.push(inventory);
  return inventory;
}

describe('identity', () => {
  it('is the account and the ARN of the caller', async () => {
    const inventory = connect(await serve({ [HOME]: region([]) }));
    const identity = await inventory.identify(new AbortController().signal);
    expect(identity).toEqual({
      provider: 'aws',
      accountId: ACCOUNT,
      principal: `arn:aws:iam::${ACCOUNT}:user/scanner`,
    });
  });

  it('is that of the assumed role', async () => {
    const server = await serve({ [HOME]: region([]) });
    const inventory = new AwsInventoryFactory(QUICK).create({
      provider: 'aws',
      endpoint: server.url,
      regions: [HOME],
      credentials: {
        accessKeyId: 'AKIAEXAMPLE',
        secretAccessKey: SECRET,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/auditors/reader`,
      },
    });
    open.push(inventory);
    const { principal } = await inventory.identify(new AbortController().signal);
    expect(principal).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/reader/driftguard`);
  });
});

describe('a complete listing', () => {
  it('reads every page of every type and closes each with one record', async () => {
    const items = [...queues(HOME, 250), item(HOME, BUCKET, 'logs')];
    const server = await serve({ [HOME]: region(items) });
    const reading = await readAll(connect(server));
    expect(new Set(reading.resources.map(({ id }) => id)).size).toBe(251);
    expect(coverageOf(reading, QUEUE)).toEqual({
      provider: 'aws',
      type: QUEUE,
      accountId: ACCOUNT,
      region: HOME,
      status: 'complete',
      resources: 250,
      pages: 3,
      message: null,
    });
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'complete', resources: 1 });
    expect(reading.coverage).toHaveLength(2);
  });

  it('reads the regions apart and global resources once', async () => {
    const role = {
      awsRegion: 'global',
      resourceName: 'deploy',
      arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
    };
    const server = await serve({
      [HOME]: region([...queues(HOME, 2), item(HOME, 'AWS::IAM::Role', 'AROA1', role)]),
      'us-east-1': region([
        ...queues('us-east-1', 1),
        item('us-east-1', 'AWS::IAM::Role', 'AROA1', role),
      ]),
    });
    const reading = await readAll(connect(server, [HOME, 'us-east-1']));
    expect(coverageOf(reading, QUEUE, HOME).resources).toBe(2);
    expect(coverageOf(reading, QUEUE, 'us-east-1').resources).toBe(1);
    expect(coverageOf(reading, 'AWS::IAM::Role')).toMatchObject({ region: null, resources: 1 });
    const roles = reading.resources.filter(({ type }) => type === 'AWS::IAM::Role');
    expect(roles).toMatchObject([
      { scope: { accountId: ACCOUNT, region: null }, aliases: [role.arn, 'deploy'] },
    ]);
  });

  it('reads only the types that are asked for', async () => {
    const server = await serve({
      [HOME]: region([...queues(HOME, 2), item(HOME, BUCKET, 'logs')]),
    });
    const reading = await readAll(connect(server), { types: [BUCKET] });
    expect(reading.coverage).toMatchObject([{ type: BUCKET, resources: 1 }]);
  });

  it('keeps the configuration as it was recorded and what AWS Config keeps beside it', async () => {
    const bucket = item(HOME, BUCKET, 'logs', {
      arn: 'arn:aws:s3:::logs',
      resourceName: 'logs',
      configuration: { name: 'logs', owner: { id: 'abc' } },
      supplementaryConfiguration: {
        BucketPolicy: '{"policyText":null}',
        AccessControlList: '"{\\"grantSet\\":null}"',
        IsRequesterPaysEnabled: 'false',
      },
      tags: { team: 'web', 'a=b': '' },
      configurationItemCaptureTime: '2026-05-11T08:12:45.120Z',
      relationships: [{ resourceType: 'AWS::KMS::Key', resourceId: 'k', relationshipName: 'Uses' }],
    });
    const [resource] = (await readAll(connect(await serve({ [HOME]: region([bucket]) }))))
      .resources;
    expect(resource).toEqual({
      type: BUCKET,
      format: 'aws-config',
      provider: 'aws',
      id: 'logs',
      aliases: ['arn:aws:s3:::logs'],
      name: 'logs',
      properties: { name: 'logs', owner: { id: 'abc' } },
      companions: {
        supplementary: {
          BucketPolicy: { policyText: null },
          AccessControlList: { grantSet: null },
          IsRequesterPaysEnabled: 'false',
        },
        relationships: [
          { resourceType: 'AWS::KMS::Key', resourceId: 'k', relationshipName: 'Uses' },
        ],
      },
      tags: { team: 'web', 'a=b': '' },
      scope: { accountId: ACCOUNT, region: HOME, namespace: null },
      capturedAt: '2026-05-11T08:12:45.120Z',
      contentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('hashes a resource the same until it changes', async () => {
    const server = await serve({ [HOME]: region(queues(HOME, 1)) });
    const hashes: (string | null | undefined)[] = [];
    const read = async () =>
      hashes.push((await readAll(connect(server))).resources[0]?.contentHash);
    await read();
    await read();
    await control(
      server,
      'PUT',
      `resources/${ACCOUNT}/${HOME}/${QUEUE}/queue-0?path=configuration.id`,
      'x',
    );
    await read();
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[1]);
  });
});

describe('what is gone', () => {
  it('is not listed, and the type stays complete', async () => {
    const server = await serve({ [HOME]: region(queues(HOME, 2)) });
    await control(server, 'DELETE', `resources/${ACCOUNT}/${HOME}/${QUEUE}/queue-1`);
    const reading = await readAll(connect(server));
    expect(reading.resources.map(({ id }) => id)).toEqual(['queue-0']);
    expect(coverageOf(reading, QUEUE)).toMatchObject({ status: 'complete', resources: 1 });
  });

  it('is proven gone when the last of an expected type was deleted', async () => {
    const server = await serve({ [HOME]: region(queues(HOME, 1)) });
    await control(server, 'DELETE', `resources/${ACCOUNT}/${HOME}/${QUEUE}/queue-0`);
    const expected = [{ type: 'aws::sqs::queue', region: HOME }];
    const reading = await readAll(connect(server), { expected });
    expect(coverageOf(reading, QUEUE)).toMatchObject({ status: 'complete', resources: 0 });
  });

  it('is not claimed for a type that was never recorded, and not asked of AWS Config for one it cannot record', async () => {
    const server = await serve({ [HOME]: region([]) });
    const expected = [BUCKET, 'AWS::No::Such', "x' OR resourceType = 'y"].map((type) => ({
      type,
      region: null,
    }));
    const reading = await readAll(connect(server), { expected });
    expect(coverageOf(reading, BUCKET)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('never recorded any AWS::S3::Bucket'),
    });
    expect(reading.coverage.map(({ type }) => type)).toEqual([BUCKET]);
    expect(reading.coverage.every(({ status }) => status !== 'complete')).toBe(true);
  });
});

describe('the configuration recorder', () => {
  const running = { name: 'default', recording: true, lastStatus: 'Success' };
  const recorder = (group: JsonObject, status: JsonObject = running): JsonObject => ({
    ConfigurationRecorders: [{ name: 'default', recordingGroup: group }],
    ConfigurationRecordersStatus: [status],
  });
  const everything = { allSupported: true, includeGlobalResourceTypes: true };

  it('was never switched on: failed, never complete with nothing', async () => {
    const server = await serve({ [HOME]: region([], { ConfigurationRecorders: [] }) });
    expect((await readAll(connect(server))).coverage).toMatchObject([
      {
        type: '*',
        region: HOME,
        status: 'failed',
        message: expect.stringContaining('no configuration recorder'),
      },
    ]);
    const asked = await readAll(connect(server), { types: [QUEUE] });
    expect(asked.coverage).toMatchObject([{ type: QUEUE, status: 'failed' }]);
  });

  it('is stopped: what it holds is only partial', async () => {
    const stopped = { name: 'default', recording: false, lastStopTime: 1767225600 };
    const server = await serve({ [HOME]: region(queues(HOME, 2), recorder(everything, stopped)) });
    const reading = await readAll(connect(server));
    expect(reading.resources).toHaveLength(2);
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('stopped since 2026-01-01'),
    });
  });

  it('fails: what it holds is only partial', async () => {
    const failing = {
      name: 'default',
      recording: true,
      lastStatus: 'Failure',
      lastErrorCode: 'AccessDenied',
    };
    const server = await serve({ [HOME]: region(queues(HOME, 1), recorder(everything, failing)) });
    expect(coverageOf(await readAll(connect(server)), QUEUE)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('AccessDenied'),
    });
  });

  it.each([
    [
      'excludes it',
      {
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        exclusionByResourceTypes: { resourceTypes: [QUEUE] },
      },
    ],
    ['does not include it', { allSupported: false, resourceTypes: [BUCKET] }],
  ])('%s: listed or not, the type is not complete', async (_, group) => {
    const server = await serve({ [HOME]: region(queues(HOME, 1), recorder(group)) });
    const reading = await readAll(connect(server), { types: [QUEUE, BUCKET] });
    expect(coverageOf(reading, QUEUE)).toMatchObject({ status: 'partial', resources: 1 });
    const empty = await serve({ [HOME]: region([], recorder(group)) });
    expect(coverageOf(await readAll(connect(empty), { types: [QUEUE] }), QUEUE)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('leaves AWS::SQS::Queue out'),
    });
  });

  it('leaves global IAM types out unless told otherwise', async () => {
    const role = item(HOME, 'AWS::IAM::Role', 'AROA1', { awsRegion: 'global' });
    const server = await serve({ [HOME]: region([role], recorder({ allSupported: true })) });
    expect(coverageOf(await readAll(connect(server)), 'AWS::IAM::Role').status).toBe('partial');
  });

  it('cannot be looked at: nobody may say complete', async () => {
    const server = await serve({ [HOME]: region(queues(HOME, 1)) });
    await control(server, 'POST', 'faults', {
      fault: 'deny',
      operation: 'DescribeConfigurationRecorders',
    });
    expect(coverageOf(await readAll(connect(server)), QUEUE)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('config:DescribeConfigurationRecorders'),
    });
  });
});
