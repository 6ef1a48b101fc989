import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSign } from 'node:crypto';
import type { JsonObject } from '../json.js';
import { serveCloud } from '../server/cloud-server.js';
import type { RunningServer } from '../server/cloud-server.js';
import { GcpCloud } from './gcp-cloud.js';
import { makeProject, parseAsset } from './gcp-estate.js';

const PROJECT = 'parcel-lab';
const ORGANIZATION = 'organizations/9';
const bare = makeProject(PROJECT, [], { ancestors: [ORGANIZATION], token: 'ya29.t' });
const topic = (n: number): JsonObject => {
  const name = `//pubsub.googleapis.com/projects/${PROJECT}/topics/t${n}`;
  const iamPolicy = n === 0 ? { iamPolicy: { bindings: [] } } : {};
  const one = { name, assetType: 'pubsub.googleapis.com/Topic', resource: { data: { n } } };
  return parseAsset({ ...one, ...iamPolicy }, bare, 'x');
};
const project = { ...bare, assets: Array.from({ length: 30 }, (_, n) => topic(n)) };
const cloud = new GcpCloud([project]);
const key = JSON.parse(cloud.tokens.keyFile(project)) as Record<string, string>;

let server: RunningServer;
beforeAll(async () => {
  server = await serveCloud(cloud, 0);
});
afterEach(() => fetch(`${server.url}/__sandbox/reset`, { method: 'POST' }));
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly body: {
    assets?: Record<string, unknown>[];
    nextPageToken?: string;
    error?: { code: number; status: string; message: string };
  };
}

async function get(path: string, authorization = 'Bearer ya29.t'): Promise<Answer> {
  const response = await fetch(`${server.url}/v1/${path}`, { headers: { authorization } });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

function signed(claims: object, pem = key.private_key ?? ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(pem, 'base64url')}`;
}

const now = Math.floor(Date.now() / 1000);
const good = { iss: key.client_email, iat: now, exp: now + 3600, aud: key.token_uri };
const ASSETS = `projects/${PROJECT}/assets`;

describe('listing assets', () => {
  it('pages with tokens that fit only their own query', async () => {
    const first = await get(`${ASSETS}?pageSize=20&contentType=RESOURCE`);
    expect(first.body.assets).toHaveLength(20);
    const token = first.body.nextPageToken ?? '';
    const second = await get(`${ASSETS}?pageSize=20&contentType=1&pageToken=${token}`);
    expect(second.body.assets).toHaveLength(10);
    expect(second.body).not.toHaveProperty('nextPageToken');
    const other = await get(`${ASSETS}?pageToken=${token}`);
    expect(other).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
  });

  it('answers the content that is asked for', async () => {
    const [name] = (await get(`${ASSETS}?pageSize=1`)).body.assets ?? [];
    expect(Object.keys(name ?? {}).sort()).toEqual([
      'ancestors',
      'assetType',
      'name',
      'updateTime',
    ]);
    const policies = (await get(`${ASSETS}?contentType=IAM_POLICY`)).body.assets;
    expect(policies).toHaveLength(1);
    expect(policies?.[0]).not.toHaveProperty('resource');
  });

  it('takes type names as patterns', async () => {
    const all = await get(`${ASSETS}?assetTypes=pubsub.googleapis.com.*`);
    expect(all.body.assets).toHaveLength(30);
    const none = await get(`${ASSETS}?assetTypes=storage.googleapis.com/Bucket`);
    expect(none).toMatchObject({ status: 200, body: {} });
  });

  it('answers for the organization above', async () => {
    expect((await get(`${ORGANIZATION}/assets`)).body.assets).toHaveLength(30);
  });

  it.each([
    [`${ASSETS}?assetTypes=no.such/Type`, 400, 'INVALID_ARGUMENT'],
    [`${ASSETS}?contentType=EVERYTHING`, 400, 'INVALID_ARGUMENT'],
    [`${ASSETS}?pageSize=-1`, 400, 'INVALID_ARGUMENT'],
    [`${ASSETS}?pageToken=made-up`, 400, 'INVALID_ARGUMENT'],
    [`${ASSETS}?readTime=2999-01-01T00:00:00Z`, 400, 'INVALID_ARGUMENT'],
    ['projects/other/assets', 403, 'PERMISSION_DENIED'],
    ['nothing', 404, 'NOT_FOUND'],
  ])('%s is HTTP %s', async (path, status, code) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status, body: { error: { code: status, status: code } } });
  });
});

describe('the past', () => {
  it('is every version of an asset with the time in which it held', async () => {
    const name = `//pubsub.googleapis.com/projects/${PROJECT}/topics/t1`;
    const address = `${server.url}/__sandbox/resources/${encodeURIComponent(name)}`;
    await fetch(`${address}?path=resource.data.n`, { method: 'PUT', body: '99' });
    await fetch(address, { method: 'DELETE' });
    const query = new URLSearchParams({
      assetNames: name,
      contentType: 'RESOURCE',
      'readTimeWindow.startTime': '2026-01-01T00:00:00Z',
    });
    const { body } = await get(`projects/${PROJECT}:batchGetAssetsHistory?${query.toString()}`);
    expect(body.assets).toMatchObject([
      { deleted: true },
      { asset: { resource: { data: { n: 99 } } }, window: { endTime: expect.any(String) } },
      {
        asset: { resource: { data: { n: 1 } } },
        window: { startTime: '2026-01-01T00:00:00.000Z' },
      },
    ]);
  });
});

describe('who is calling', () => {
  it('may be a service account by a token it signed, or by one it was given for it', async () => {
    expect((await get(ASSETS, `Bearer ${signed(good)}`)).status).toBe(200);
    const exchange = await fetch(`${server.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: signed(good),
      }),
    });
    const { access_token: token } = (await exchange.json()) as { access_token: string };
    expect((await get(ASSETS, `Bearer ${token}`)).status).toBe(200);
  });

  it.each([
    ['nobody', ''],
    ['a token nobody gave out', 'Bearer ya29.other'],
    ['a token of the past', `Bearer ${signed({ ...good, exp: now - 1 })}`],
    ['a token of somebody else', `Bearer ${signed({ ...good, iss: 'x@y.z' })}`],
    ['a changed token', `Bearer ${signed(good).replace(/.{9}$/, 'AAAAAAAAA')}`],
  ])('%s is refused', async (_, authorization) => {
    const answer = await get(ASSETS, authorization);
    expect(answer).toMatchObject({ status: 401, body: { error: { status: 'UNAUTHENTICATED' } } });
  });
});

describe('the audit logs', () => {
  const read = async (body: object, authorization = 'Bearer ya29.t') => {
    const response = await fetch(`${server.url}/v2/entries:list`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as {
      readonly entries?: readonly { protoPayload: { resourceName: string } }[];
      readonly nextPageToken?: string;
      readonly error?: { readonly status: string };
    };
    return { status: response.status, ...answer };
  };
  const change = (topic: string) => {
    const name = encodeURIComponent(`//pubsub.googleapis.com/projects/${PROJECT}/topics/${topic}`);
    const by = encodeURIComponent('ana@example.com');
    const address = `${server.url}/__sandbox/resources/${name}?path=resource.data.n&by=${by}`;
    return fetch(address, { method: 'PUT', body: '99' });
  };
  const resourceNames = [`projects/${PROJECT}`];

  it('say what the control endpoint changed by somebody, newest first when asked so', async () => {
    await change('t1');
    await change('t2');
    const filter =
      '(log_id("cloudaudit.googleapis.com/activity") OR log_id("x")) AND protoPayload.serviceName="pubsub.googleapis.com" timestamp>="2026-01-01T00:00:00Z"';
    const asked = { resourceNames, filter, orderBy: 'timestamp desc', pageSize: 1 };
    const first = await read(asked);
    expect(first.entries).toHaveLength(1);
    const { entries } = await read({ ...asked, pageToken: first.nextPageToken });
    const names = [...(first.entries ?? []), ...(entries ?? [])].map(
      ({ protoPayload }) => protoPayload.resourceName,
    );
    expect(names.sort()).toEqual([
      `projects/${PROJECT}/topics/t1`,
      `projects/${PROJECT}/topics/t2`,
    ]);
  });

  it.each([
    ['protoPayload.resourceName:"topics/t1"', 1],
    ['NOT protoPayload.resourceName:"topics/t1"', 1],
    ['protoPayload.resourceName:"topics/t1" OR protoPayload.resourceName:"topics/t2"', 2],
    ['timestamp<"2026-01-01T00:00:00Z"', 0],
    ['protoPayload.authenticationInfo.principalEmail!="ana@example.com"', 0],
  ])('are filtered by %s', async (filter, count) => {
    await change('t1');
    await change('t2');
    expect((await read({ resourceNames, filter })).entries ?? []).toHaveLength(count);
  });

  it.each([
    [{ resourceNames, filter: 'AND (' }, 400, 'INVALID_ARGUMENT'],
    [{ filter: '' }, 400, 'INVALID_ARGUMENT'],
    [{ resourceNames, what: 1 }, 400, 'INVALID_ARGUMENT'],
    [{ resourceNames: ['projects/other'] }, 403, 'PERMISSION_DENIED'],
  ])('refuse %j', async (body, status, code) => {
    expect(await read(body)).toMatchObject({ status, error: { status: code } });
  });
});
