import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { TestProcess } from '../../support/child-processes.js';

const REGION = 'eu-central-1';
const queue = (accountId: string, index: number) => ({
  version: '1.3',
  accountId,
  resourceType: 'AWS::SQS::Queue',
  resourceId: `https://sqs.${REGION}.amazonaws.com/${accountId}/orders-${index}`,
  resourceName: `orders-${index}`,
  arn: `arn:aws:sqs:${REGION}:${accountId}:orders-${index}`,
  awsRegion: REGION,
  tags: { team: 'orders' },
  configuration: { QueueName: `orders-${index}`, VisibilityTimeout: 30 },
  supplementaryConfiguration: {},
});
const EVENT = {
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', userName: 'ana', arn: 'arn:aws:iam::111122223333:user/ana' },
  eventTime: '2026-05-11T08:12:45Z',
  eventSource: 'sqs.amazonaws.com',
  eventName: 'SetQueueAttributes',
  awsRegion: REGION,
  sourceIPAddress: '203.0.113.9',
  userAgent: 'Mozilla/5.0',
  eventID: '3038ebd2-c98a-4c65-9b6e-e22506292313',
  readOnly: false,
  resources: [{ type: 'AWS::SQS::Queue', ResourceName: 'orders-1' }],
};

describe('the AWS sandbox, as boto3 and its published service models see it', () => {
  let folder: string;
  let sandbox: TestProcess;
  let outcome: { readonly calls: string[]; readonly violations: string[] };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-botocore-'));
    const write = async (file: string, content: unknown): Promise<void> => {
      const target = path.join(folder, 'aws', file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, JSON.stringify(content));
    };
    await write('organization.json', {
      managementAccountId: '111122223333',
      accounts: [
        { id: '111122223333', name: 'shop' },
        { id: '444455556666', name: 'data' },
      ],
    });
    await write('111122223333/account.json', {
      accessKeyIds: ['AKIA111122223333'],
      aggregators: [{ name: 'all', region: REGION, accounts: [] }],
    });
    await write(
      `111122223333/${REGION}/queues.json`,
      [1, 2, 3, 4, 5].map((index) => queue('111122223333', index)),
    );
    await write(`111122223333/${REGION}/cloudtrail.json`, [EVENT]);
    await write(`111122223333/${REGION}/cloud-control.json`, {
      'AWS::SSM::Parameter': [
        { Identifier: '/shop/flag', Properties: { Name: '/shop/flag', Value: 'on' } },
      ],
    });
    await write('444455556666/account.json', {
      accessKeyIds: ['AKIA444455556666'],
      roles: [{ name: 'reader', externalId: 'right' }],
    });
    await write(`444455556666/${REGION}/queues.json`, [queue('444455556666', 9)]);
    sandbox = TestProcess.start('sandbox/main.js', {
      arguments: ['--estate', folder, '--exit-with-parent'],
    });
    await sandbox.waitFor('}\n');
    const { aws } = JSON.parse(sandbox.output) as { aws: { endpoint: string } };
    const { stdout } = await promisify(execFile)(
      path.join(String(process.env.PEER_PYTHON), 'python3'),
      [path.join(import.meta.dirname, 'botocore_check.py'), aws.endpoint],
      { env: { HOME: folder, PATH: process.env.PATH } },
    );
    outcome = JSON.parse(stdout) as typeof outcome;
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers every operation in its published shape, and refuses with the published codes', () => {
    expect(outcome.violations).toEqual([]);
  });

  it('was asked by every service the scanner asks', () => {
    const services = new Set(outcome.calls.map((call) => call.split('.')[0]));
    expect([...services].sort()).toEqual(
      ['account', 'cloudcontrol', 'cloudtrail', 'config', 'organizations', 'sts'].sort(),
    );
  });
});
