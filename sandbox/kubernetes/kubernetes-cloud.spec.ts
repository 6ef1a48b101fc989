import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { serveCloud } from '../server/cloud-server.js';
import type { RunningServer } from '../server/cloud-server.js';
import { KubernetesCloud } from './kubernetes-cloud.js';
import { parseSettings } from './kubernetes-estate.js';
import { compareVersions } from './served-kind.js';

const objects: JsonObject[] = Array.from({ length: 5 }, (_, n) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `c${n}`, namespace: n < 3 ? 'a' : 'b', labels: { even: String(n % 2 === 0) } },
}));

let server: RunningServer;
beforeAll(async () => {
  server = await serveCloud(
    new KubernetesCloud({ name: 'test', objects, settings: parseSettings({}) }),
    0,
  );
});
afterAll(() => server.close());

async function get(path: string, headers: Record<string, string> = { authorization: 'Bearer t' }) {
  const response = await fetch(server.url + path, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function names({ body }: { body: Record<string, unknown> }): string[] {
  return (body.items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
}

describe('lists', () => {
  it('are cut by limit and go on with continue', async () => {
    const first = await get('/api/v1/configmaps?limit=2');
    const { metadata } = first.body as { metadata: Record<string, unknown> };
    expect(first.body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(metadata).toMatchObject({ remainingItemCount: 3, resourceVersion: expect.any(String) });
    const second = await get(`/api/v1/configmaps?limit=3&continue=${metadata.continue as string}`);
    expect([...names(first), ...names(second)]).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(second.body.metadata).toEqual({ resourceVersion: metadata.resourceVersion });
  });

  it('are cut to a namespace and by selectors, without a remaining count', async () => {
    expect(names(await get('/api/v1/namespaces/b/configmaps'))).toEqual(['c3', 'c4']);
    const selected = await get('/api/v1/configmaps?labelSelector=even%3Dtrue&limit=1');
    expect(names(selected)).toEqual(['c0']);
    expect(selected.body.metadata).not.toHaveProperty('remainingItemCount');
    expect(names(await get('/api/v1/configmaps?fieldSelector=metadata.name%3Dc4'))).toEqual(['c4']);
  });

  it('leave apiVersion and kind out of built-in items, a single object has them', async () => {
    const list = await get('/api/v1/configmaps');
    expect((list.body.items as JsonObject[])[0]).not.toHaveProperty('kind');
    const single = await get('/api/v1/namespaces/a/configmaps/c1');
    expect(single.body).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c1' },
    });
  });
});

describe('refusals are Status objects', () => {
  it.each([
    ['/api/v1/nonsense', 404, 'NotFound'],
    ['/apis/no.such/v1', 404, 'NotFound'],
    ['/api/v1/namespaces/a/configmaps/none', 404, 'NotFound'],
    ['/api/v1/configmaps?continue=made-up', 400, 'BadRequest'],
    ['/api/v1/configmaps?limit=x', 400, 'BadRequest'],
    ['/api/v1/configmaps?watch=true', 405, 'MethodNotAllowed'],
    ['/apis/authorization.k8s.io/v1/subjectaccessreviews', 404, 'NotFound'],
  ])('%s', async (path, code, reason) => {
    const { status, body } = await get(path);
    expect(status).toBe(code);
    expect(body).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
    });
  });

  it('without a token', async () => {
    expect(await get('/api/v1/pods', {})).toMatchObject({
      status: 401,
      body: { reason: 'Unauthorized' },
    });
  });
});

describe('discovery', () => {
  it('is classic or aggregated, as the client accepts', async () => {
    expect((await get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const { body } = await get('/apis', { authorization: 'Bearer t', accept });
    expect(body).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    const { body: apps } = await get('/apis/apps/v1');
    expect(apps.resources).toContainEqual(expect.objectContaining({ name: 'deployments/scale' }));
  });

  it('ranks versions as API servers do', () => {
    const versions = ['v1beta1', 'v2', 'foo1', 'v1', 'v11alpha2', 'v3beta1', 'v10', 'v12alpha1'];
    expect([...versions].sort(compareVersions)).toEqual([
      'v10',
      'v2',
      'v1',
      'v3beta1',
      'v1beta1',
      'v12alpha1',
      'v11alpha2',
      'foo1',
    ]);
  });
});

describe('the control endpoint', () => {
  const control = async (method: string, path: string, body?: string) => {
    const init = body === undefined ? { method } : { method, body };
    const response = await fetch(`${server.url}/__sandbox/${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('changes, deletes and adds, and a reset brings all back', async () => {
    await control('PUT', 'resources/v1/ConfigMap/a/c0?path=data.x&by=kubectl-edit', '"1"');
    const changed = await get('/api/v1/namespaces/a/configmaps/c0');
    expect(changed.body).toMatchObject({
      data: { x: '1' },
      metadata: {
        managedFields: [{ manager: 'kubectl-edit', fieldsV1: { 'f:data': { 'f:x': {} } } }],
      },
    });
    await control('DELETE', 'resources/v1/ConfigMap/a/c1');
    const added = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'new', namespace: 'a' },
    };
    expect((await control('POST', 'resources', JSON.stringify(added))).status).toBe(201);
    expect(names(await get('/api/v1/namespaces/a/configmaps'))).toEqual(['c0', 'c2', 'new']);
    await control('POST', 'reset');
    expect(names(await get('/api/v1/namespaces/a/configmaps'))).toEqual(['c0', 'c1', 'c2']);
  });

  it.each([
    ['DELETE', 'resources/v1/ConfigMap/a/none', undefined, 404],
    ['PUT', 'resources/v1/ConfigMap/a/c0', '1', 400],
    ['PUT', 'resources/v1/ConfigMap/a/c0?path=data', '{', 400],
    ['POST', 'resources', '{"apiVersion":"v9","kind":"Thing","metadata":{"name":"x"}}', 400],
    ['POST', 'faults', '{"fault":"melt"}', 400],
    ['GET', 'nonsense', undefined, 404],
  ])('%s %s is refused in words', async (method, path, body, status) => {
    expect(await control(method, path, body)).toMatchObject({
      status,
      body: { error: expect.any(String) },
    });
  });
});
