import { afterEach, describe, expect, it } from '@jest/globals';
import { OutboundGuard } from '../../../src/core/http/outbound/index.js';
import type { InventoryConnection, InventoryFactory } from '../../../src/core/providers/index.js';
import { AzureInventoryFactory } from '../../../src/services/azure/index.js';
import { KubernetesInventoryFactory } from '../../../src/services/kubernetes/index.js';
import * as azure from './azure-sandbox.js';
import * as kubernetes from './kubernetes-sandbox.js';
import { QUICK, control, readAll } from './reading.js';

const NAME = 'rebinding.example';
const PUBLIC = { address: '93.184.216.34', family: 4 };
const INSIDE = { address: '127.0.0.1', family: 4 };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A name server that says something public to whoever checks, and something inside to whoever connects. */
function rebinding() {
  const asked: string[] = [];
  const guard = new OutboundGuard([], (host) => {
    asked.push(host);
    return Promise.resolve([asked.length === 1 ? PUBLIC : INSIDE]);
  });
  return { asked, guard };
}

function inside(allow: readonly string[]) {
  const asked: string[] = [];
  const guard = new OutboundGuard(allow, (host) => {
    asked.push(host);
    return Promise.resolve([INSIDE]);
  });
  return { asked, guard };
}

function connect(
  factory: InventoryFactory,
  more: Pick<InventoryConnection, 'endpoint' | 'credentials' | 'outbound'>,
) {
  return factory.create({ provider: factory.provider, regions: [], ...more });
}

const AZURE_CLIENT = {
  tenantId: azure.TENANT,
  clientId: '7a3e0000-0000-4000-8000-00000000c001',
  clientSecret: 'sandbox-secret',
};
const KUBECONFIG = (cluster: object): string =>
  JSON.stringify({
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: kubernetes.TOKEN } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });

describe('a name that leads elsewhere once it was checked', () => {
  const endpoint = `https://${NAME}`;
  it.each<[string, InventoryFactory, string | null, Record<string, string>]>([
    ['Azure endpoint', new AzureInventoryFactory(QUICK), endpoint, { accessToken: azure.TOKEN }],
    [
      'Azure authority',
      new AzureInventoryFactory(QUICK),
      null,
      { ...AZURE_CLIENT, authorityHost: endpoint },
    ],
    [
      'Kubernetes server',
      new KubernetesInventoryFactory(QUICK),
      null,
      { kubeconfig: KUBECONFIG({ server: endpoint }) },
    ],
    [
      'Kubernetes endpoint over plain HTTP',
      new KubernetesInventoryFactory(QUICK),
      `http://${NAME}`,
      { kubeconfig: KUBECONFIG({ server: 'https://prod.example' }) },
    ],
    [
      'proxy of a Kubernetes cluster',
      new KubernetesInventoryFactory(QUICK),
      null,
      { kubeconfig: KUBECONFIG({ server: 'https://prod.example', 'proxy-url': endpoint }) },
    ],
  ])('%s is refused', async (_, factory, host, credentials) => {
    const { asked, guard } = rebinding();
    await guard.resolve(NAME);
    const inventory = await connect(factory, { endpoint: host, credentials, outbound: guard });
    open.push(inventory);
    await expect(inventory.identify(AbortSignal.timeout(10_000))).rejects.toMatchObject({
      code: 'INVENTORY.CONNECTION_INVALID',
      message: expect.stringContaining('OUTBOUND_ALLOW'),
    });
    // Refused where it was resolved, and not tried again: it is the same tomorrow.
    expect(asked).toEqual([NAME, NAME]);
  });

  it('is not reached by a SOCKS proxy, which resolves by itself', async () => {
    const cluster = { server: 'https://prod.example', 'proxy-url': 'socks5://proxy.example:1080' };
    const { asked, guard } = inside([]);
    const inventory = await connect(new KubernetesInventoryFactory(QUICK), {
      endpoint: null,
      credentials: { kubeconfig: KUBECONFIG(cluster) },
      outbound: guard,
    });
    await expect(inventory.identify(AbortSignal.timeout(10_000))).rejects.toMatchObject({
      code: 'INVENTORY.CONNECTION_INVALID',
      message: expect.stringContaining('proxy-url'),
    });
    expect(asked).toEqual([]);
  });
});

describe('a name the operator allows', () => {
  it('is read at the address the guard found: a cluster', async () => {
    const server = await kubernetes.serveKubernetes(kubernetes.configMaps('shop', 3));
    open.push(server);
    const { asked, guard } = inside(['cluster.example']);
    const inventory = await connect(new KubernetesInventoryFactory(QUICK), {
      endpoint: `http://cluster.example:${new URL(server.url).port}`,
      credentials: { kubeconfig: KUBECONFIG({ server: 'https://prod.example' }) },
      outbound: guard,
    });
    open.push(inventory);
    const names = (await readAll(inventory, { types: ['v1/ConfigMap'] })).resources;
    expect(names).toHaveLength(3);
    expect(new Set(asked)).toEqual(new Set(['cluster.example']));
  });

  it('is read at the address the guard found: Azure and its authority', async () => {
    const server = await azure.serveAzure([azure.subscription(azure.vaults(2))]);
    open.push(server);
    const endpoint = `http://localhost:${new URL(server.url).port}`;
    const { asked, guard } = inside(['127.0.0.1/32']);
    const inventory = await connect(new AzureInventoryFactory(QUICK), {
      endpoint,
      credentials: { ...AZURE_CLIENT, authorityHost: endpoint },
      outbound: guard,
    });
    open.push(inventory);
    const found = await readAll(inventory, { types: [azure.VAULT] });
    expect(found.resources).toHaveLength(2);
    expect(asked).toContain('localhost');
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toMatchObject({ token: 1 });
  });
});
