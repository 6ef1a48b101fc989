import { afterEach, describe, expect, it } from '@jest/globals';
import { makeSubscription, parseChange } from '../../../sandbox/azure/azure-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type {
  ChangedResource,
  Inventory,
  SourceNotice,
} from '../../../src/core/providers/index.js';
import { AzureInventoryFactory } from '../../../src/services/azure/index.js';
import { changesBetween } from '../../../src/services/gcp/history/asset-history.js';
import { SUBSCRIPTION, TOKEN, VAULT, row, serveAzure } from './azure-sandbox.js';
import { PROJECT, TOPIC, bucket, connectTo, serveProject } from './gcp-sandbox.js';
import { QUICK, control } from './reading.js';

const SIGNAL = new AbortController().signal;
const SINCE = new Date(Date.now() - 10 * 86_400_000);

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('resource changes of Azure', () => {
  const vault = row(VAULT, 'keys');
  const change = (timestamp: string, attributes: JsonObject, changes: JsonObject): JsonObject => ({
    targetResourceId: vault.id.toUpperCase(),
    targetResourceType: VAULT,
    changeType: 'Update',
    changeAttributes: { timestamp, ...attributes },
    changes,
  });
  const CHANGES = [
    change('-P12D', { changedBy: 'old@example.com' }, { 'properties.n': {} }),
    change(
      '-P2D',
      { changedBy: 'ana@example.com', changedByType: 'User', clientType: 'Azure Portal' },
      { 'properties.enablePurgeProtection': { previousValue: 'true', newValue: 'false' } },
    ),
    change('-PT2H', { changedBy: 'Unspecified', changedByType: 'System' }, { 'tags.owner': {} }),
    { ...change('-PT1H', {}, {}), targetResourceId: `${vault.id}2` },
  ];

  async function connect(settings: JsonObject = {}): Promise<[Inventory, RunningServer]> {
    const parsed = CHANGES.map((one, index) => parseChange(one, SUBSCRIPTION, String(index)));
    const server = await serveAzure([makeSubscription(SUBSCRIPTION, [vault], settings, parsed)]);
    const inventory = new AzureInventoryFactory(QUICK).create({
      provider: 'azure',
      endpoint: server.url,
      regions: [],
      credentials: { accessToken: TOKEN, subscriptionId: SUBSCRIPTION },
    });
    open.push(server, inventory);
    return [inventory, server];
  }
  const resource: ChangedResource = {
    provider: 'azure',
    type: VAULT,
    id: vault.id,
    name: 'keys',
    aliases: [],
    scope: { accountId: SUBSCRIPTION, region: 'westeurope', namespace: 'rg-shop' },
  };

  it('say who wrote which property with what, newest first', async () => {
    const [{ history }] = await connect();
    expect(await history?.eventsOf(resource, SINCE, SIGNAL)).toMatchObject([
      { actor: null, client: 'controller', action: 'Update', paths: ['tags.owner'] },
      {
        source: 'azure-resource-changes',
        actor: 'ana@example.com',
        client: 'console',
        paths: ['properties.enablePurgeProtection'],
      },
    ]);
  });

  it('are not shown of what the identity may not read', async () => {
    const [{ history }] = await connect({ roles: [] });
    expect(await history?.eventsOf(resource, SINCE, SIGNAL)).toEqual([]);
  });

  it.each([
    ['throttled', 'throttle'],
    ['denied', 'deny'],
  ])('say when they are %s', async (failure, fault) => {
    const [{ history }, server] = await connect();
    await control(server, 'POST', 'faults', { fault, operation: 'resources' });
    await expect(history?.eventsOf(resource, SINCE, SIGNAL)).rejects.toMatchObject({ failure });
  });
});

describe('asset history of Google Cloud', () => {
  const name = '//storage.googleapis.com/exports';
  const resource: ChangedResource = {
    provider: 'gcp',
    type: 'storage.googleapis.com/Bucket',
    id: name,
    name: 'exports',
    aliases: [],
    scope: { accountId: PROJECT, region: 'eu', namespace: null },
  };

  const ACCESS = { fault: 'deny', operation: 'ListLogEntries' };
  const changed = `resources/${encodeURIComponent(name)}?path=resource.data.labels.team`;

  async function exports(): Promise<[Inventory, RunningServer]> {
    const server = await serveProject([
      bucket('exports', { updateTime: new Date(Date.now() - 3_600_000).toISOString() }),
    ]);
    const inventory = connectTo(server.url);
    open.push(server, inventory);
    return [inventory, server];
  }

  it('says with the audit logs who changed which property', async () => {
    const [{ history }, server] = await exports();
    await control(server, 'PUT', `${changed}&by=mara@brambleway.example`, 'data');
    const notices: SourceNotice[] = [];
    const events = await history?.eventsOf(resource, SINCE, SIGNAL, (told) => notices.push(told));
    expect(events?.[0]).toEqual({
      source: 'gcp-audit-logs',
      actor: 'mara@brambleway.example',
      client: 'cli',
      at: expect.any(String),
      action: 'storage.update',
      paths: ['labels.team'],
    });
    expect(events?.[1]).toMatchObject({ source: 'gcp-asset-history', actor: null });
    expect(notices).toEqual([]);
  });

  it('names the service account by a token that no host is asked for', async () => {
    const server = await serveProject([bucket('exports')]);
    const inventory = connectTo(
      server.url,
      {},
      {
        accessToken: '',
        serviceAccountKey: server.serviceAccountKey,
      },
    );
    open.push(server, inventory);
    await control(server, 'PUT', `${changed}&by=mara@brambleway.example`, 'data');
    const events = await inventory.history?.eventsOf(resource, SINCE, SIGNAL);
    expect(events?.[0]).toMatchObject({ actor: 'mara@brambleway.example' });
  });

  it.each([
    ['denied', ACCESS, 'ATTRIBUTION.AUDIT_LOGS_DENIED', 1],
    ['throttled', { ...ACCESS, fault: 'throttle' }, 'ATTRIBUTION.AUDIT_LOGS_THROTTLED', 16],
    ['dead', { ...ACCESS, fault: 'drop' }, 'ATTRIBUTION.AUDIT_LOGS_UNREACHABLE', 16],
    ['failing', { ...ACCESS, fault: 'error' }, 'ATTRIBUTION.AUDIT_LOGS_UNREACHABLE', 16],
  ])('says when, and why not who, while the audit logs are %s', async (_, fault, code, calls) => {
    const [{ history }, server] = await exports();
    await control(server, 'POST', 'faults', fault);
    await control(server, 'PUT', `${changed}&by=mara@brambleway.example`, 'data');
    const notices: SourceNotice[] = [];
    for (let asked = 0; asked < 2; asked += 1) {
      const events = await history?.eventsOf(resource, SINCE, SIGNAL, (told) => notices.push(told));
      expect(events?.[0]).toMatchObject({
        source: 'gcp-asset-history',
        actor: null,
        paths: ['labels.team'],
      });
    }
    expect(notices[0]).toMatchObject({
      code,
      message: expect.stringContaining('not who'),
    });
    // What is denied once is denied for the next resource too.
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toMatchObject({ ListLogEntries: calls });
  });

  it('is not needed to say who: then the parameters of the call tell what', async () => {
    const [{ history }, server] = await exports();
    await control(server, 'POST', 'faults', { ...ACCESS, operation: 'BatchGetAssetsHistory' });
    await control(server, 'PUT', `${changed}&by=mara@brambleway.example`, 'data');
    const notices: SourceNotice[] = [];
    const events = await history?.eventsOf(resource, SINCE, SIGNAL, (told) => notices.push(told));
    expect(events).toMatchObject([
      { actor: 'mara@brambleway.example', paths: ['labels.team'], byParameters: true },
    ]);
    expect(notices).toMatchObject([{ code: 'ATTRIBUTION.ASSET_HISTORY_DENIED' }]);
  });

  it('says when a property changed, and that it cannot say who', async () => {
    const server = await serveProject([
      bucket('exports', { updateTime: new Date(Date.now() - 3_600_000).toISOString() }),
    ]);
    const inventory = connectTo(server.url);
    open.push(server, inventory);
    const address = `resources/${encodeURIComponent(name)}?path=resource.data.labels.team`;
    await control(server, 'PUT', address, 'nobody');
    const events = await inventory.history?.eventsOf(resource, SINCE, SIGNAL);
    expect(events).toHaveLength(2);
    expect(events?.[0]).toMatchObject({
      source: 'gcp-asset-history',
      actor: null,
      client: 'unknown',
      paths: ['labels.team'],
    });
  });

  it('knows nothing of what the service has no name for', async () => {
    const server = await serveProject([]);
    const inventory = connectTo(server.url);
    open.push(server, inventory);
    const topic = { ...resource, type: TOPIC, id: 'projects/parcel-lab/topics/x' };
    expect(await inventory.history?.eventsOf(topic, SINCE, SIGNAL)).toEqual([]);
  });

  it('tells changes from states', () => {
    const state = (from: string, data: JsonObject | null, deleted = false) => ({
      from,
      data,
      deleted,
    });
    const events = changesBetween([
      state('1', { rules: [{ a: 1 }, { a: 2 }], same: 1 }),
      state('2', { rules: [{ a: 1 }, { a: 3 }], same: 1, new: true }),
      state('3', { rules: [{ a: 1 }], same: 1, new: true }),
      state('4', { rules: [{ a: 1 }], same: 1, new: true }),
      state('5', null, true),
    ]);
    expect(events.map(({ paths, action }) => paths ?? action)).toEqual([
      null,
      ['rules[1].a', 'new'],
      ['rules'],
      [],
      'Delete',
    ]);
  });
});
