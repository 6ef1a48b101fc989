import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.js';
import {
  ACCOUNTS,
  DRIFTS,
  EXTERNAL_ID,
  REGIONS,
  ROLE,
  writeCompany,
} from '../support/aws-company.js';
import {
  addressOf,
  DECLARED_AZURE,
  DECLARED_GCP,
  DECLARED_KUBERNETES,
  EXAMPLES,
  type Report,
  scan,
} from '../support/example-estate.js';

const SUBSCRIPTION = '5f0b9a51-6f1d-4c55-9c0e-7d1f4a2b8c30';
const MANAGEMENT_GROUP = 'brambleway';
const ORGANIZATION = 'organizations/504172093846';
const [PRODUCTION, LABS] = ['brambleway-prod', 'brambleway-labs'] as const;

const AZURE_DRIFTS = [
  'deleted azurerm_monitor_action_group.on_call',
  'modified azapi_resource.labels',
  'modified azapi_resource.printers',
];
const GOOGLE_DRIFTS = [
  'deleted google_pubsub_topic.returns',
  'modified google_compute_firewall.ssh',
  'modified google_sql_database_instance.tracking',
  'modified google_storage_bucket.partner_exports',
  'modified google_storage_bucket_iam_binding.export_readers',
];
const NETWORK_POLICY = 'deleted networking.k8s.io/v1/NetworkPolicy/shop/default-deny';
const CLUSTER_DRIFTS = [
  NETWORK_POLICY,
  'modified apps/v1/Deployment/shop/recommendations',
  'modified apps/v1/Deployment/tracking/scanner',
  'modified rbac.authorization.k8s.io/v1/Role/tracking/ci-deployer',
  'modified v1/ConfigMap/labs/printer',
  'modified v1/ConfigMap/tracking/scanner-config',
];
const EVERYTHING = [
  ...Object.values(DRIFTS),
  ...AZURE_DRIFTS,
  ...GOOGLE_DRIFTS,
  ...CLUSTER_DRIFTS,
].toSorted();

let folder: string;
let sandbox: RunningSandbox;
let state: string;
let env: Record<string, string>;
let kubeconfig: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-everything-'));
  const company = writeCompany(folder);
  state = company.state;
  for (const cloud of ['azure', 'gcp', 'kubernetes']) {
    cpSync(path.join(EXAMPLES, 'live', cloud), path.join(company.estate, cloud), {
      recursive: true,
    });
  }
  writeJson(path.join(company.estate, 'kubernetes', LABS, 'labs.json'), [printer('A6')]);
  writeJson(path.join(folder, 'labs.json'), printer('A5'));
  sandbox = await startSandbox({ estate: company.estate, awsPort: 0, kubernetesPort: 0 });
  kubeconfig = path.join(folder, 'kubeconfig');
  writeJson(kubeconfig, kubeconfigOf(sandbox));
  env = {
    AZURE_ACCESS_TOKEN: 'not-a-real-token',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.not-a-real-token',
  };
  process.env.AWS_ACCESS_KEY_ID = `AKIA${ACCOUNTS[0]}`;
  process.env.AWS_SECRET_ACCESS_KEY = 'sandbox-secret';
});

afterEach(async () => {
  for (const url of servers()) await fetch(`${url}/__sandbox/reset`, { method: 'POST' });
});

afterAll(async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('3 accounts × 4 regions, an organization, a management group and two clusters in one scan', () => {
  it('finds every drift, and read everything', async () => {
    const { code, report } = await scanEverything();
    expect(confirmed(report)).toEqual(EVERYTHING);
    expect(code).toBe(1);
    expect(gaps(report)).toEqual([]);
    const regions = new Set(report.coverage.map((one) => `${one.account_id} ${one.region}`));
    const places = ACCOUNTS.flatMap((account) => REGIONS.map((region) => `${account} ${region}`));
    expect([...regions]).toEqual(expect.arrayContaining(places));
    // Of an organization Google's coverage speaks as a whole, and by project where it knows one.
    const accounts = [...new Set(report.coverage.map((one) => String(one.account_id)))];
    expect(accounts.toSorted()).toEqual(
      [...ACCOUNTS, SUBSCRIPTION, 'brambleway-data', PRODUCTION, LABS, 'null'].toSorted(),
    );
  });

  it('finds the same in what could be read through denials, a storm and a dead region', async () => {
    const { aws, azure, gcp, kubernetes } = addresses();
    await fault(aws, { fault: 'deny', type: 'AWS::SNS::Topic', namespace: ACCOUNTS[1] });
    await fault(aws, { fault: 'drop', region: 'ap-southeast-2' });
    await fault(azure, { fault: 'deny', type: 'microsoft.insights/actiongroups' });
    await fault(gcp, { fault: 'deny', type: 'pubsub.googleapis.com/Topic' });
    await fault(kubernetes(PRODUCTION), { fault: 'deny', type: 'NetworkPolicy' });
    for (const url of servers()) {
      await fault(url, { fault: 'throttle', share: 0.3, seed: 11, retryAfterSeconds: 0 });
    }
    const { code, report } = await scanEverything();

    const hidden = new Set<string>([
      DRIFTS.topic,
      DRIFTS.lostQueue,
      NETWORK_POLICY,
      'deleted azurerm_monitor_action_group.on_call',
      'deleted google_pubsub_topic.returns',
    ]);
    expect(confirmed(report)).toEqual(EVERYTHING.filter((drift) => !hidden.has(drift)));
    expect(report.drifts.filter(({ drift_type: type }) => type === 'deleted')).toEqual([]);
    expect(code).toBe(3);
    const found = gaps(report);
    expect(found).toEqual(
      expect.arrayContaining([
        `${ACCOUNTS[1]} AWS::SNS::Topic denied`,
        `${PRODUCTION} networking.k8s.io/v1/NetworkPolicy denied`,
        `${SUBSCRIPTION} microsoft.insights/actiongroups denied`,
      ]),
    );
    expect(found.filter((gap) => gap.includes('pubsub.googleapis.com/Topic'))).not.toEqual([]);
    for (const url of servers()) expect(await throttled(url)).toBeGreaterThan(0);
  });

  it('with denied types only, drift decides the exit code', async () => {
    await fault(addresses().aws, { fault: 'deny', type: 'AWS::SNS::Topic' });
    const { code, report } = await scanEverything();
    expect(confirmed(report)).toEqual(EVERYTHING.filter((drift) => drift !== DRIFTS.topic));
    expect(code).toBe(1);
  });
});

function scanEverything(): Promise<{ code: number; report: Report }> {
  const { aws, azure, gcp } = addresses();
  // The account of the Google state is in the state itself.
  const google = DECLARED_GCP.slice(0, 2);
  const declared = ['--state', state, ...DECLARED_AZURE, ...google, ...DECLARED_KUBERNETES];
  return scan(
    [
      ...declared,
      ...['--manifests', path.join(folder, 'labs.json'), '--unmanaged', 'none'],
      ...['--aws-organization', '--aws-role', ROLE, '--aws-external-id', EXTERNAL_ID],
      ...['--region', 'aws=all', '--endpoint', `aws=${aws}`],
      ...['--azure-management-group', MANAGEMENT_GROUP, '--endpoint', `azure=${azure}`],
      ...['--gcp-project', ORGANIZATION, '--endpoint', `gcp=${gcp}`],
      ...['--kubeconfig', kubeconfig, '--context', '*'],
    ],
    env,
  );
}

function addresses() {
  const { aws, azure, gcp, kubernetes } = sandbox.addresses;
  return {
    aws: aws?.endpoint ?? '',
    azure: azure?.endpoint ?? '',
    gcp: gcp?.endpoint ?? '',
    kubernetes: (name: string) =>
      kubernetes.find(({ cluster }) => cluster === name)?.endpoint ?? '',
  };
}

function servers(): string[] {
  const { aws, azure, gcp, kubernetes } = addresses();
  return [aws, azure, gcp, kubernetes(PRODUCTION), kubernetes(LABS)];
}

async function fault(url: string, rule: object): Promise<void> {
  const answer = await fetch(`${url}/__sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(rule),
  });
  expect(answer.status).toBe(201);
}

async function throttled(url: string): Promise<number> {
  const answer = await fetch(`${url}/__sandbox/calls`);
  const { faults } = (await answer.json()) as { faults: Record<string, number> };
  return faults.throttle ?? 0;
}

function confirmed({ drifts }: Report): string[] {
  return drifts
    .filter(({ verdict }) => verdict === 'confirmed')
    .map((drift) => `${drift.drift_type} ${addressOf(drift)}`)
    .sort();
}

function gaps({ coverage }: Report): string[] {
  return coverage
    .filter(({ status }) => status !== 'complete')
    .map(({ account_id: account, type, status }) => `${account} ${type} ${status}`);
}

function kubeconfigOf({ addresses: { kubernetes } }: RunningSandbox): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    contexts: kubernetes.map(({ cluster }) => ({
      name: cluster,
      context: { cluster, user: 'scanner' },
    })),
    clusters: kubernetes.map(({ cluster, endpoint }) => ({
      name: cluster,
      cluster: { server: endpoint },
    })),
    users: [{ name: 'scanner', user: { token: 'sandbox-token' } }],
  };
}

function printer(paper: string): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'printer', namespace: 'labs' },
    data: { PAPER: paper },
  };
}

function writeJson(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
