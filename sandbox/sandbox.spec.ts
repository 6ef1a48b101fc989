import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAwsEstate } from './aws/aws-estate.js';
import { loadAzureEstate } from './azure/azure-estate.js';
import { loadGcpEstate } from './gcp/gcp-estate.js';
import { loadClusters } from './kubernetes/kubernetes-estate.js';
import { startSandbox } from './sandbox.js';
import { loadTfeEstate } from './tfe/tfe-estate.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function estate(files: Record<string, unknown>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'estate-'));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path.join(root, name), text);
  }
  return root;
}

const queue = { resourceType: 'AWS::SQS::Queue', resourceId: 'q', configuration: {} };
const bucket = {
  name: '//storage.googleapis.com/logs',
  assetType: 'storage.googleapis.com/Bucket',
  resource: { data: { name: 'logs' } },
};
const SUBSCRIPTION = '5f0b9a51-6f1d-4c55-9c0e-7d1f00000001';
const AZURE = `azure/${SUBSCRIPTION}`;
const vault = {
  id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/Microsoft.KeyVault/vaults/keys`,
  type: 'Microsoft.KeyVault/vaults',
};
const REGION = 'aws/111122223333/eu-west-1';

describe('an estate folder', () => {
  it('gives accounts, regions and items their names', () => {
    const root = estate({
      'aws/111122223333/account.json': {
        arn: 'arn:aws:iam::111122223333:user/me',
        accessKeyIds: ['AKIA1'],
      },
      [`${REGION}/network/queues.json`]: [{ ...queue, tags: { team: 'web' }, ARN: 'arn:q' }],
      [`${REGION}/recorder.json`]: { ConfigurationRecorders: [], ConfigurationRecordersStatus: [] },
    });
    expect(loadAwsEstate(root)).toMatchObject([
      {
        accountId: '111122223333',
        arn: 'arn:aws:iam::111122223333:user/me',
        regions: {
          'eu-west-1': {
            recorders: [],
            items: [
              {
                accountId: '111122223333',
                awsRegion: 'eu-west-1',
                arn: 'arn:q',
                configurationItemStatus: 'OK',
                tags: [{ tag: 'team=web', key: 'team', value: 'web' }],
              },
            ],
          },
        },
      },
    ]);
  });

  it('gives projects their assets', () => {
    const root = estate({
      'gcp/parcel-lab/project.json': { projectNumber: '42', ancestors: ['organizations/7'] },
      'gcp/parcel-lab/storage/buckets.json': [bucket],
    });
    expect(loadGcpEstate(root)).toMatchObject([
      {
        projectId: 'parcel-lab',
        serviceAccount: 'scanner@parcel-lab.iam.gserviceaccount.com',
        assets: [{ ...bucket, ancestors: ['projects/42', 'organizations/7'] }],
      },
    ]);
  });

  it('gives subscriptions their rows, and the groups these live in', () => {
    const root = estate({
      'azure/tenant.json': { accessToken: 'mine' },
      [`${AZURE}/subscription.json`]: { managementGroups: ['retail'] },
      [`${AZURE}/data/vaults.json`]: [vault],
    });
    const tenant = loadAzureEstate(root);
    expect(tenant).toMatchObject({ accessToken: 'mine', clientSecret: 'sandbox-secret' });
    const [subscription] = tenant?.subscriptions ?? [];
    expect(subscription?.managementGroups).toEqual(['retail']);
    expect(subscription?.rows.map(({ type, name }) => [type, name])).toEqual([
      ['microsoft.resources/subscriptions', `Subscription ${SUBSCRIPTION}`],
      ['microsoft.resources/subscriptions/resourcegroups', 'rg-shop'],
      ['microsoft.keyvault/vaults', 'keys'],
    ]);
  });

  it('gives clusters from YAML and JSON, lists and several documents', () => {
    const map = (name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'a' },
    });
    const root = estate({
      'kubernetes/prod/one.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n---\n${JSON.stringify(map('b'))}\n`,
      'kubernetes/prod/more/list.json': {
        apiVersion: 'v1',
        kind: 'List',
        items: [map('c'), map('d')],
      },
      'kubernetes/prod/cluster.json': { token: 'secret' },
    });
    const [cluster] = loadClusters(root);
    expect(cluster).toMatchObject({ name: 'prod', settings: { token: 'secret' } });
    const found = cluster?.objects.map(({ metadata }) => (metadata as { name: string }).name);
    expect(found?.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    ['an account that is no account', { 'aws/prod/eu-west-1/a.json': [] }, '12 digits'],
    ['no array', { [`${REGION}/a.json`]: queue }, 'a.json is not a JSON array'],
    ['broken JSON', { [`${REGION}/a.json`]: '[{' }, 'a.json:'],
    [
      'an item without a type',
      { [`${REGION}/a.json`]: [{ resourceId: 'q' }] },
      'a.json[0] has no resourceType',
    ],
    ['an item twice', { [`${REGION}/a.json`]: [queue, queue] }, 'AWS::SQS::Queue/q is there twice'],
    [
      'an item of elsewhere',
      { [`${REGION}/a.json`]: [{ ...queue, awsRegion: 'us-east-1' }] },
      'lives in us-east-1',
    ],
    ['a subscription that is none', { 'azure/prod/a.json': [] }, 'named by a GUID'],
    ['a row without an id', { [`${AZURE}/a.json`]: [{ type: 'a/b' }] }, 'a.json[0] has no id'],
    ['a row twice', { [`${AZURE}/a.json`]: [vault, vault] }, 'is there twice'],
    [
      'a row of elsewhere',
      { [`${AZURE}/a.json`]: [{ ...vault, id: '/subscriptions/other' }] },
      'is not in subscription',
    ],
    ['a project that is none', { 'gcp/P/a.json': [] }, 'named by a project id'],
    ['an asset without a name', { 'gcp/parcel-lab/a.json': [{ assetType: 'a/B' }] }, 'has no name'],
    ['an asset twice', { 'gcp/parcel-lab/a.json': [bucket, bucket] }, 'is there twice'],
    [
      'an asset of nothing',
      { 'gcp/parcel-lab/a.json': [{ ...bucket, resource: undefined }] },
      'neither resource nor iamPolicy',
    ],
    [
      'a kind nobody serves',
      { 'kubernetes/p/a.yaml': 'apiVersion: x/v1\nkind: Y\nmetadata: {name: z}' },
      'x/v1 Y is not served',
    ],
    [
      'a namespaced object without one',
      { 'kubernetes/p/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: z}' },
      'Pod is namespaced',
    ],
    [
      'a broken fault',
      { 'kubernetes/p/cluster.json': {}, 'faults.json': [{ fault: 'melt' }] },
      'faults.json: fault is one of',
    ],
    ['nothing', {}, 'holds neither'],
  ])('with %s does not start', async (_, files, message) => {
    const options = { estate: estate(files), awsPort: 0, kubernetesPort: 0 };
    await expect(startSandbox(options)).rejects.toThrow(message);
  });
});

describe('workspaces of an estate', () => {
  it.each([
    [{ 'tfe/acme/shop/workspace.json': { what: 1 } }, 'no setting what'],
    [{ 'tfe/acme/shop/workspace.json': '[]' }, 'not a JSON object'],
    [{ 'tfe/a c/shop/workspace.json': {} }, 'no name of an organization'],
  ])('%j stop the start and are named', (files, message) => {
    expect(() => loadTfeEstate(estate(files))).toThrow(message);
  });
});

describe('a started sandbox', () => {
  it('names its addresses, and its faults are on', async () => {
    const root = estate({
      [`${REGION}/a.json`]: [queue],
      [`${AZURE}/a.json`]: [vault],
      'gcp/parcel-lab/a.json': [bucket],
      'kubernetes/one/a.json': [],
      'kubernetes/two/cluster.json': { token: 'second' },
      'tfe/acme/shop/state.tfstate': { version: 4, serial: 7, resources: [] },
      'tfe/acme/shop/workspace.json': { tags: ['prod'], runs: [{ 'created-at': '-PT1H' }] },
      'faults.json': [{ fault: 'deny', type: 'Secret' }],
    });
    const sandbox = await startSandbox({ estate: root, awsPort: 0, kubernetesPort: 0 });
    const { aws, azure, gcp, kubernetes, tfe } = sandbox.addresses;
    expect(tfe?.organizations).toEqual([{ name: 'acme', token: 'acme.atlasv1.sandbox-token' }]);
    expect(azure?.subscriptions).toEqual([SUBSCRIPTION]);
    expect(gcp?.projects.map(({ projectId }) => projectId)).toEqual(['parcel-lab']);
    expect(aws?.accounts).toMatchObject([{ accountId: '111122223333', regions: ['eu-west-1'] }]);
    expect(kubernetes.map(({ cluster, token }) => [cluster, token])).toEqual([
      ['one', 'sandbox-token'],
      ['two', 'second'],
    ]);
    const secrets = await fetch(`${kubernetes[0]?.endpoint ?? ''}/api/v1/secrets`, {
      headers: { authorization: 'Bearer sandbox-token' },
    });
    expect(secrets.status).toBe(403);
    await sandbox.close();
    await expect(fetch(aws?.endpoint ?? '')).rejects.toThrow('fetch failed');
  });
});
