import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.js';
import {
  ACCOUNTS,
  DRIFTS,
  EXTERNAL_ID,
  REGIONS,
  ROLE,
  SUSPENDED,
  writeCompany,
} from '../support/aws-company.js';
import { addressOf, type Report, scan } from '../support/example-estate.js';

let folder: string;
let sandbox: RunningSandbox;
let company: { estate: string; state: string };
let endpoint: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-company-'));
  company = writeCompany(folder);
  sandbox = await startSandbox({ estate: company.estate, awsPort: 0, kubernetesPort: 0 });
  endpoint = sandbox.addresses.aws?.endpoint ?? '';
  process.env.AWS_ACCESS_KEY_ID = `AKIA${ACCOUNTS[0]}`;
  process.env.AWS_SECRET_ACCESS_KEY = 'sandbox-secret';
});

afterEach(async () => {
  await fetch(`${endpoint}/__sandbox/reset`, { method: 'POST' });
});

afterAll(async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function fault(rule: object): Promise<void> {
  const answer = await fetch(`${endpoint}/__sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(rule),
  });
  expect(answer.status).toBe(201);
}

const ORGANIZATION = ['--aws-organization', '--aws-role', ROLE, '--aws-external-id', EXTERNAL_ID];

function scanCompany(...more: readonly string[]): Promise<{ code: number; report: Report }> {
  return scan([
    ...['--state', company.state, '--endpoint', endpoint, '--region', 'all', '--unmanaged', 'none'],
    ...(more.length > 0 ? more : ORGANIZATION),
  ]);
}

function confirmed({ drifts }: Report): string[] {
  return drifts
    .filter(({ verdict }) => verdict === 'confirmed')
    .map((drift) => `${drift.drift_type} ${addressOf(drift)}`)
    .sort();
}

const sorted = (...drifts: readonly string[]): string[] => drifts.toSorted();

describe('three accounts in four regions', () => {
  it('finds every drift, and read everything', async () => {
    const { code, report } = await scanCompany();
    expect(confirmed(report)).toEqual(sorted(...Object.values(DRIFTS)));
    expect(code).toBe(1);
    expect(report.coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
    for (const accountId of ACCOUNTS) {
      const own = report.coverage.filter((one) => one.account_id === accountId);
      const places = own.map(({ type, region }) => `${type} ${region ?? 'global'}`);
      const regional = [
        'AWS::KMS::Key',
        'AWS::Logs::LogGroup',
        'AWS::SNS::Topic',
        'AWS::SQS::Queue',
      ];
      const wanted = regional.flatMap((type) => REGIONS.map((region) => `${type} ${region}`));
      expect(places.toSorted()).toEqual([...wanted, 'AWS::IAM::Role global'].toSorted());
    }
    expect(report.notices.map(({ message }) => message)).toEqual([
      `Account ${SUSPENDED} (closed) is suspended: it was left out`,
    ]);
  });

  it('finds the same through an aggregator, with the roles to prove what is gone', async () => {
    const { report } = await scanCompany(...ORGANIZATION, '--aws-aggregator', 'company@eu-west-1');
    expect(confirmed(report)).toEqual(sorted(...Object.values(DRIFTS)));
    const calls = await callsOf();
    expect(calls.SelectResourceConfig).toBeUndefined();
    expect(calls.SelectAggregateResourceConfig).toBeGreaterThan(0);
    expect(calls.BatchGetAggregateResourceConfig).toBe(ACCOUNTS.length * REGIONS.length);
  });

  it('an aggregator alone shows what changed and never claims that something is gone', async () => {
    const { code, report } = await scanCompany('--aws-aggregator', 'company@eu-west-1');
    expect(confirmed(report)).toEqual(sorted(DRIFTS.queue, DRIFTS.role));
    expect(
      report.coverage.every(
        ({ status, account_id: id }) => status !== 'complete' || id === ACCOUNTS[0],
      ),
    ).toBe(true);
    expect(code).toBe(3);
  });
});

describe('denied types, a storm of throttling and a dead region', () => {
  it('finds the same drifts in what could be read, and nothing that is not there', async () => {
    await fault({ fault: 'deny', type: 'AWS::SNS::Topic', namespace: ACCOUNTS[1] });
    await fault({ fault: 'drop', region: 'ap-southeast-2' });
    await fault({ fault: 'throttle', share: 0.3, seed: 11, retryAfterSeconds: 0 });
    const { code, report } = await scanCompany();

    expect(confirmed(report)).toEqual(sorted(DRIFTS.queue, DRIFTS.role, DRIFTS.logGroup));
    expect(code).toBe(3);
    const gaps = report.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps.length).toBeGreaterThan(0);
    for (const { type, account_id: accountId, region, status, message } of gaps) {
      if (region === 'ap-southeast-2') expect(status).toBe('failed');
      else {
        expect([type, accountId, status]).toEqual(['AWS::SNS::Topic', ACCOUNTS[1], 'denied']);
        expect(message).toContain(`in account ${ACCOUNTS[1]}, ${region ?? ''}`);
        expect(message).toMatch(/lacks config:(SelectResourceConfig|ListDiscoveredResources)/);
      }
    }
    const { faults } = (await control('calls')) as { faults: Record<string, number> };
    expect(faults.throttle).toBeGreaterThan(10);
  });

  it('an account whose role cannot be assumed hides nothing but itself', async () => {
    await fault({ fault: 'deny', operation: 'AssumeRole', namespace: ACCOUNTS[1] });
    const { report } = await scanCompany();
    expect(confirmed(report)).toEqual(sorted(DRIFTS.queue, DRIFTS.logGroup, DRIFTS.lostQueue));
    expect(report.coverage.filter(({ status }) => status !== 'complete')).toEqual([
      expect.objectContaining({
        type: '*',
        account_id: ACCOUNTS[1],
        region: null,
        status: 'denied',
        message: expect.stringContaining(`role/${ROLE} in account ${ACCOUNTS[1]}`),
      }),
    ]);
  });

  it('a wrong external id is a denied account each', async () => {
    const wrong = ['--aws-organization', '--aws-role', ROLE, '--aws-external-id', 'guessed'];
    const { report } = await scanCompany(...wrong);
    const denied = report.coverage.filter(({ status }) => status === 'denied');
    expect(denied.map(({ account_id: id }) => id).toSorted()).toEqual([ACCOUNTS[1], ACCOUNTS[2]]);
    expect(confirmed(report)).toEqual([DRIFTS.queue]);
  });
});

async function control(path: string): Promise<unknown> {
  return (await fetch(`${endpoint}/__sandbox/${path}`)).json();
}

async function callsOf(): Promise<Record<string, number>> {
  const { byOperation } = (await control('calls')) as { byOperation: Record<string, number> };
  return byOperation;
}
