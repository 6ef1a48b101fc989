import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRecordedInventory } from './recorded-inventory.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(content: unknown, name = 'inventory.json'): string {
  const target = path.join(folder, name);
  writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  return target;
}

const read = (...files: string[]) => readRecordedInventory(files, 'prod');

const ITEM = {
  accountId: '111122223333',
  awsRegion: 'eu-west-1',
  arn: 'arn:aws:s3:::logs',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'logs',
  configuration: { name: 'logs' },
  tags: { team: 'a' },
};
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'checkout', namespace: 'shop', uid: 'u-1', labels: { app: 'checkout' } },
  spec: { replicas: 3 },
};

describe('AWS Config items', () => {
  it.each([
    ['an array', [ITEM]],
    ['{ items }', { items: [ITEM] }],
    [
      'get-resource-config-history',
      { configurationItems: [{ ...ITEM, configuration: '{"name":"logs"}' }] },
    ],
    ['select-resource-config', { Results: [JSON.stringify(ITEM)], QueryInfo: {} }],
    [
      'an S3 snapshot',
      {
        fileVersion: '1.0',
        configurationItems: [
          {
            ...ITEM,
            arn: undefined,
            accountId: undefined,
            ARN: ITEM.arn,
            awsAccountId: ITEM.accountId,
          },
        ],
      },
    ],
  ])('are read from %s', async (_what, content) => {
    const { resources, coverage, summary } = await read(file(content));
    expect(resources).toMatchObject([
      {
        type: 'AWS::S3::Bucket',
        format: 'aws-config',
        id: 'logs',
        aliases: ['arn:aws:s3:::logs'],
        properties: { name: 'logs' },
        scope: { accountId: '111122223333', region: 'eu-west-1' },
        tags: { team: 'a' },
      },
    ]);
    expect(coverage).toMatchObject([{ type: 'AWS::S3::Bucket', status: 'complete', resources: 1 }]);
    expect(summary[0]).toContain('1 AWS Config items');
  });

  it('are only a selection when they come from batch-get-resource-config', async () => {
    const { coverage } = await read(file({ baseConfigurationItems: [ITEM] }));
    expect(coverage).toMatchObject([{ status: 'partial' }]);
  });

  it('of a deleted resource are no resource, and the newest of a history wins', async () => {
    const at = (day: number, fields: object) => ({
      ...ITEM,
      configurationItemCaptureTime: `2026-01-0${day}T00:00:00Z`,
      ...fields,
    });
    const { resources } = await read(
      file([
        at(2, { configuration: { version: 'new' } }),
        at(1, { configuration: { version: 'old' } }),
        at(1, { resourceId: 'gone', configurationItemStatus: 'ResourceDeleted' }),
      ]),
    );
    expect(resources.map(({ properties }) => properties)).toEqual([{ version: 'new' }]);
  });

  it('of a deleted resource prove that it is gone, unless it was made again', async () => {
    const at = (day: number, fields: object = {}) => ({
      ...ITEM,
      configurationItemCaptureTime: `2026-01-0${day}T00:00:00Z`,
      ...fields,
    });
    const deleted = { configurationItemStatus: 'ResourceDeleted', configuration: null };
    const gone = await read(file([at(1), at(2, deleted)]));
    expect(gone.resources).toEqual([]);
    expect(gone.deleted.map(({ id }) => id)).toEqual([ITEM.resourceId]);
    const again = await read(file([at(2, deleted), at(3)]));
    expect(again.resources).toHaveLength(1);
    expect(again.deleted).toEqual([]);
  });
});

describe('Kubernetes objects', () => {
  it.each([
    [
      'a List in JSON',
      'l.json',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [DEPLOYMENT] }),
    ],
    [
      'documents in YAML',
      'l.yaml',
      `---\n${JSON.stringify(DEPLOYMENT)}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n`,
    ],
    ['JSON lines', 'l.jsonl', `${JSON.stringify(DEPLOYMENT)}\n${JSON.stringify(DEPLOYMENT)}\n`],
  ])('are read from %s', async (_what, name, content) => {
    const { resources, coverage } = await read(file(content, name));
    expect(resources[0]).toMatchObject({
      id: 'apps/v1/Deployment/shop/checkout',
      type: 'Deployment',
      scope: { accountId: 'prod', namespace: 'shop' },
      aliases: ['u-1'],
    });
    expect(coverage[0]).toMatchObject({ type: 'apps/v1/Deployment', status: 'complete' });
  });

  it('say nothing about others when a single object was exported', async () => {
    const { coverage } = await read(file(DEPLOYMENT));
    expect(coverage).toMatchObject([{ type: 'apps/v1/Deployment', status: 'partial' }]);
  });
});

it('reads Cloud Asset Inventory in both spellings', async () => {
  const resource = { data: { name: 'b', selfLink: 'https://x/b' }, location: 'eu' };
  const name = '//storage.googleapis.com/projects/p/buckets/b';
  for (const type of [{ assetType: 'T' }, { asset_type: 'T' }]) {
    const { resources } = await read(file([{ name, ...type, resource }]));
    expect(resources).toMatchObject([
      { type: 'T', format: 'gcp-cai', id: name, scope: { accountId: 'p', region: 'eu' } },
    ]);
  }
});

it('reads Azure Resource Graph rows', async () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/w';
  const row = {
    id,
    name: 'w',
    type: 'Microsoft.Web/sites',
    location: 'westeurope',
    resourceGroup: 'g',
  };
  const { resources } = await read(file({ count: 1, data: [row], total_records: 1 }));
  expect(resources).toMatchObject([
    {
      type: 'microsoft.web/sites',
      format: 'azure-resource-graph',
      scope: { accountId: 's', namespace: 'g' },
    },
  ]);
});

it('reads resources in its own shape', async () => {
  const { resources } = await read(
    file([{ type: 'AWS::S3::Bucket', id: 'logs', properties: { Arn: 'arn:aws:s3:::logs' } }]),
  );
  expect(resources).toMatchObject([
    { format: 'aws-cloudcontrol', provider: 'aws', aliases: ['arn:aws:s3:::logs'] },
  ]);
});

describe('what it refuses', () => {
  it.each([
    ['a missing file', () => '/nowhere/at/all.json', /cannot be read/],
    ['broken JSON', () => file('{"items": [', 'b.json'), /b\.json: not valid JSON/],
    ['something else', () => file({ hello: 'world' }, 'h.json'), /looks like a live resource/],
    ['a foreign entry', () => file([ITEM, { foo: 1 }], 'f.json'), /entry 2 .*its fields: foo/],
    [
      'a broken line',
      () => file(`${JSON.stringify(ITEM)}\n${JSON.stringify(ITEM)}\n{"x\n`, 'l.jsonl'),
      /l\.jsonl:3: not a JSON object/,
    ],
  ])('says what is wrong with %s and where', async (_what, make, message) => {
    await expect(read(make())).rejects.toThrow(message);
  });
});
