import { afterEach, describe, expect, it } from '@jest/globals';
import type { AzureSubscription } from '../../../sandbox/azure/azure-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { AzureInventoryFactory } from '../../../src/services/azure/index.js';
import {
  ACCOUNT,
  GROUP,
  OTHER,
  row,
  serveAzure,
  subscription,
  SUBSCRIPTION,
  TENANT,
  TOKEN,
  VAULT,
  vaults,
} from './azure-sandbox.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const CLIENT = '7a3e0000-0000-4000-8000-00000000c001';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(
  subscriptions: readonly AzureSubscription[],
  tenant: JsonObject = {},
): Promise<RunningServer> {
  const server = await serveAzure(subscriptions, tenant);
  open.push(server);
  return server;
}

function connect(
  server: { url: string },
  credentials: Record<string, string> = { accessToken: TOKEN },
  options: object = {},
  regions: readonly string[] = [],
): Inventory {
  const inventory = new AzureInventoryFactory({ ...QUICK, ...options }).create({
    provider: 'azure',
    endpoint: server.url,
    regions,
    credentials,
  });
  open.push(inventory);
  return inventory;
}

describe('identity', () => {
  it('is the subscription and the application, by a client secret from the token endpoint', async () => {
    const server = await serve([subscription(vaults(1))]);
    const inventory = connect(server, {
      tenantId: TENANT,
      clientId: CLIENT,
      clientSecret: 'sandbox-secret',
      authorityHost: server.url,
      subscriptionId: SUBSCRIPTION,
    });
    expect(await inventory.identify(new AbortController().signal)).toEqual({
      provider: 'azure',
      accountId: SUBSCRIPTION,
      principal: CLIENT,
    });
    await readAll(inventory);
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toMatchObject({ token: 1 });
  });

  it('is whoever a given access token says', async () => {
    const claims = Buffer.from(JSON.stringify({ upn: 'ada@brambleway.example' })).toString(
      'base64url',
    );
    const accessToken = `e30.${claims}.sig`;
    const server = await serve([subscription([])], { accessToken });
    const { principal } = await connect(server, { accessToken }).identify(
      new AbortController().signal,
    );
    expect(principal).toBe('ada@brambleway.example');
  });
});

describe('a complete listing', () => {
  it('reads every page of every type and closes each with one record', async () => {
    const rows = [...vaults(2500), row(ACCOUNT, 'labels')];
    const server = await serve([subscription(rows)]);
    const reading = await readAll(connect(server));
    expect(new Set(reading.resources.map(({ id }) => id)).size).toBe(2503);
    expect(coverageOf(reading, VAULT)).toEqual({
      provider: 'azure',
      type: VAULT,
      accountId: SUBSCRIPTION,
      region: null,
      status: 'complete',
      resources: 2500,
      pages: 3,
      message: null,
    });
    expect(coverageOf(reading, ACCOUNT)).toMatchObject({ status: 'complete', resources: 1 });
    expect(coverageOf(reading, GROUP)).toMatchObject({ status: 'complete', resources: 1 });
    expect(reading.coverage).toHaveLength(4);
  });

  it('asks for small types together', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => row(`microsoft.made/up${n}`, 'x'));
    const server = await serve([subscription(rows)]);
    const reading = await readAll(connect(server));
    expect(reading.coverage).toHaveLength(42);
    const { byOperation } = await control(server, 'GET', 'calls');
    // Who sees what, the containers, and all forty types in one.
    expect(byOperation).toMatchObject({ summarize: 1, resources: 3, permissions: 1 });
  });

  it('answers the row as it came, with the resource group as namespace', async () => {
    const vault = row(VAULT, 'Keys', {
      tags: { team: 'web', 'hidden-title': 'x' },
      sku: { name: 'standard' },
    });
    const server = await serve([subscription([vault])]);
    const reading = await readAll(connect(server), { types: ['Microsoft.KeyVault/vaults'] });
    expect(reading.coverage).toMatchObject([{ type: VAULT, resources: 1 }]);
    expect(reading.resources).toEqual([
      {
        type: VAULT,
        format: 'azure-resource-graph',
        provider: 'azure',
        id: vault.id,
        aliases: [],
        name: 'Keys',
        properties: expect.objectContaining({ ...vault, kind: '', identity: null }),
        companions: null,
        tags: { team: 'web', 'hidden-title': 'x' },
        scope: { accountId: SUBSCRIPTION, region: 'westeurope', namespace: 'rg-shop' },
        capturedAt: null,
        contentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  it('hashes a resource the same until it changes', async () => {
    const vault = row(VAULT, 'keys');
    const server = await serve([subscription([vault])]);
    const hashes: (string | null | undefined)[] = [];
    const read = async () =>
      hashes.push((await readAll(connect(server), { types: [VAULT] })).resources[0]?.contentHash);
    await read();
    await read();
    await control(server, 'PUT', `resources${vault.id}?path=properties.n`, 'changed');
    await read();
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[1]);
  });
});

describe('subscriptions', () => {
  const two = () => [
    subscription(vaults(2), { managementGroups: ['retail'] }),
    subscription(vaults(3, OTHER), { managementGroups: ['retail', 'labs'] }, OTHER),
  ];
  const counts = async (credentials: Record<string, string>) => {
    const server = await serve(two());
    const reading = await readAll(connect(server, { accessToken: TOKEN, ...credentials }), {
      types: [VAULT],
    });
    return reading.coverage.map(({ accountId, resources }) => [accountId, resources]);
  };

  it('are all that the identity sees, or the named ones', async () => {
    const both = [
      [SUBSCRIPTION, 2],
      [OTHER, 3],
    ];
    expect(await counts({})).toEqual(expect.arrayContaining(both));
    expect(await counts({ subscriptionId: `${SUBSCRIPTION}, ${OTHER}` })).toHaveLength(2);
    expect(await counts({ subscriptionId: OTHER.toUpperCase() })).toEqual([[OTHER, 3]]);
  });

  it('come from management groups', async () => {
    expect(await counts({ managementGroupId: 'labs' })).toEqual([[OTHER, 3]]);
    expect(await counts({ managementGroupId: 'retail' })).toHaveLength(2);
    await expect(counts({ managementGroupId: 'unknown' })).rejects.toMatchObject({
      code: 'INVENTORY.DENIED',
    });
  });

  it('are covered by location where locations are asked for', async () => {
    const rows = [row(VAULT, 'a'), row(VAULT, 'b', { location: 'northeurope' })];
    const server = await serve([subscription(rows)]);
    const inventory = connect(server, { accessToken: TOKEN }, {}, ['West Europe']);
    const reading = await readAll(inventory, { types: [VAULT] });
    expect(reading.resources.map(({ name }) => name)).toEqual(['a']);
    expect(reading.coverage).toMatchObject([{ region: 'westeurope', resources: 1 }]);
  });
});

describe('what is not there', () => {
  it('is proven gone for a type Azure keeps track of, and for nothing else', async () => {
    const server = await serve([subscription(vaults(1))]);
    const queues = 'microsoft.storage/storageaccounts/queueservices/queues';
    const templates = 'Microsoft.Resources/resourceGroups';
    const account = 'Microsoft.Storage/storageAccounts';
    const expected = [account, queues, templates, 'Microsoft.Made/up', "x' or 1"];
    const scope = { expected: expected.map((type) => ({ type, region: null })) };
    const reading = await readAll(connect(server), scope);
    expect(coverageOf(reading, ACCOUNT)).toMatchObject({ status: 'complete', resources: 0 });
    expect(coverageOf(reading, queues)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('proves nothing'),
    });
    expect(coverageOf(reading, GROUP)).toMatchObject({ status: 'complete', resources: 1 });
    expect(coverageOf(reading, 'microsoft.made/up').status).toBe('failed');
    expect(coverageOf(reading, "x' or 1").message).toContain('not the name of');
  });

  it('is not claimed by an identity that sees a part of the subscription', async () => {
    const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop`;
    const roles = [
      { scope, actions: ['*/read'] },
      {
        actions: ['Microsoft.Storage/*/read', 'Microsoft.KeyVault/*'],
        notActions: ['*/vaults/read'],
      },
    ];
    const server = await serve([subscription([...vaults(2), row(ACCOUNT, 'a')], { roles })]);
    const reading = await readAll(
      connect(server, { accessToken: TOKEN, subscriptionId: SUBSCRIPTION }),
    );
    expect(coverageOf(reading, ACCOUNT).status).toBe('complete');
    expect(coverageOf(reading, VAULT)).toMatchObject({
      status: 'partial',
      resources: 2,
      message: expect.stringContaining('assign Reader'),
    });
  });
});

describe('what an earlier attempt read completely', () => {
  it('is neither listed nor told again, type by type', async () => {
    const server = await serve([subscription([...vaults(3), row(ACCOUNT, 'labels')])]);
    const inventory = connect(server);
    const first = await readAll(inventory);
    const completed = first.coverage.filter(({ type }) => type !== ACCOUNT);
    const again = await readAll(inventory, { completed });
    expect(again.resources.map(({ type }) => type)).toEqual([ACCOUNT]);
    expect(again.coverage.map(({ type }) => type)).toEqual([ACCOUNT]);
    expect(await readAll(inventory, { completed: first.coverage })).toEqual({
      resources: [],
      coverage: [],
    });
  });
});
