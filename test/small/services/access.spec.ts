import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type { AccessCheck, Inventory } from '../../../src/core/providers/index.js';
import { AwsInventoryFactory } from '../../../src/services/aws/index.js';
import { AzureInventoryFactory } from '../../../src/services/azure/index.js';
import { item, region, serveAws } from './aws-sandbox.js';
import {
  ACCOUNT,
  row,
  serveAzure,
  subscription,
  SUBSCRIPTION,
  TOKEN,
  VAULT,
  vaults,
} from './azure-sandbox.js';
import { connectTo, serveProject, topics } from './gcp-sandbox.js';
import { control, QUICK } from './reading.js';

const HOME = 'eu-west-1';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function accessOf(inventory: Inventory): Promise<AccessCheck[]> {
  open.push(inventory);
  const checks: AccessCheck[] = [];
  for await (const check of inventory.access?.(new AbortController().signal) ?? []) {
    checks.push(check);
  }
  return checks;
}

function denied(checks: readonly AccessCheck[]): string[] {
  return checks.filter(({ status }) => status !== 'allowed').map(({ permission }) => permission);
}

function aws({ url }: RunningServer, options: Record<string, unknown> = {}): Inventory {
  return new AwsInventoryFactory(QUICK).create({
    provider: 'aws',
    endpoint: url,
    regions: [HOME],
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
    options,
  });
}

describe('what AWS credentials may read', () => {
  const serve = async (): Promise<RunningServer> => {
    const server = await serveAws({ [HOME]: region([item(HOME, 'AWS::S3::Bucket', 'logs')]) });
    open.push(server);
    return server;
  };

  it('is everything when every call is answered', async () => {
    const checks = await accessOf(aws(await serve()));
    expect(denied(checks)).toEqual([]);
    expect(checks.map(({ permission }) => permission)).toEqual([
      'config:SelectResourceConfig',
      'config:DescribeConfigurationRecorders',
      'config:DescribeConfigurationRecorderStatus',
      'config:ListDiscoveredResources',
      'config:BatchGetResourceConfig',
      'cloudtrail:LookupEvents',
      'cloudformation:ListResources',
    ]);
  });

  it('names the call that is refused, what it blinds, and what AWS said', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'SelectResourceConfig' });
    const checks = await accessOf(aws(server));
    expect(denied(checks)).toEqual(['config:SelectResourceConfig']);
    expect(checks[0]).toMatchObject({
      status: 'denied',
      blinds: ['*'],
      message: expect.stringContaining('not authorized to perform'),
    });
  });

  it('does not take a failing service for a missing right', async () => {
    const server = await serve();
    const operation = 'DescribeConfigurationRecorders';
    await control(server, 'POST', 'faults', { fault: 'error', operation, status: 500 });
    const checks = await accessOf(aws(server));
    const check = checks.find(({ permission }) => permission === `config:${operation}`);
    expect(check).toMatchObject({ status: 'unknown' });
  });

  it('tells a role that cannot be assumed', async () => {
    const options = { accounts: [{ role_arn: 'arn:aws:iam::999999999999:role/none' }] };
    const checks = await accessOf(aws(await serve(), options));
    expect(checks).toMatchObject([
      {
        permission: 'sts:AssumeRole arn:aws:iam::999999999999:role/none',
        status: 'denied',
        blinds: ['*'],
      },
    ]);
  });
});

describe('what Google credentials may read', () => {
  it('tells resources and policies apart', async () => {
    const server = await serveProject(topics(1));
    open.push(server);
    expect(denied(await accessOf(connectTo(server.url)))).toEqual([]);
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'ListAssets:IAM_POLICY' });
    expect(await accessOf(connectTo(server.url))).toMatchObject([
      { permission: 'cloudasset.assets.listResource', status: 'allowed' },
      {
        permission: 'cloudasset.assets.listIamPolicy',
        status: 'denied',
        blinds: ['iam.googleapis.com/AllowPolicy'],
      },
      { permission: 'logging.logEntries.list', status: 'allowed' },
    ]);
  });
});

describe('what Azure credentials may read', () => {
  const azure = async (more: JsonObject = {}): Promise<AccessCheck[]> => {
    const rows = [...vaults(2), row(ACCOUNT, 'labels')];
    const server = await serveAzure([subscription(rows, more)]);
    open.push(server);
    return accessOf(
      new AzureInventoryFactory(QUICK).create({
        provider: 'azure',
        endpoint: server.url,
        regions: [],
        credentials: { accessToken: TOKEN, subscriptionId: SUBSCRIPTION },
      }),
    );
  };

  it('is everything for a Reader of the subscription', async () => {
    expect(await azure()).toMatchObject([{ status: 'allowed', blinds: [] }]);
  });

  it('names the types a narrower role leaves out', async () => {
    const roles = [{ actions: ['*/read'], notActions: [`${VAULT}/read`] }];
    expect(await azure({ roles })).toMatchObject([{ status: 'denied', blinds: [VAULT] }]);
  });
});
