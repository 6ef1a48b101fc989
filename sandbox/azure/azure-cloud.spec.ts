import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveCloud } from '../server/cloud-server.js';
import type { RunningServer } from '../server/cloud-server.js';
import { AzureCloud } from './azure-cloud.js';
import { DEFAULT_TENANT, makeSubscription, makeTenant, parseRow } from './azure-estate.js';

const { tenantId, clientId, clientSecret, accessToken } = DEFAULT_TENANT;
const HOME = '5f0b9a51-6f1d-4c55-9c0e-7d1f00000001';
const VAULTS = 'Microsoft.KeyVault/vaults';
const rows = Array.from({ length: 30 }, (_, n) =>
  parseRow(
    {
      id: `/subscriptions/${HOME}/resourceGroups/rg-${n % 2}/providers/${VAULTS}/v${n}`,
      type: n < 25 ? VAULTS : 'Microsoft.Storage/storageAccounts',
      location: n < 20 ? 'westeurope' : 'northeurope',
      tags: { n: String(n) },
    },
    HOME,
    tenantId,
    'x',
  ),
);

let server: RunningServer;
beforeAll(async () => {
  const subscriptions = [makeSubscription(HOME, rows, { managementGroups: ['retail'] })];
  server = await serveCloud(new AzureCloud(makeTenant({}, subscriptions)), 0);
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function call(path: string, init: RequestInit = {}, token: string | null = accessToken) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${server.url}${path}`, { headers, ...init });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body } satisfies Answer;
}

function graph(body: unknown, version = '2021-03-01', token: string | null = accessToken) {
  return call(
    `/providers/Microsoft.ResourceGraph/resources?api-version=${version}`,
    { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
    token,
  );
}

async function names(query: string, more: object = {}): Promise<unknown[]> {
  const { body } = await graph({ query: `${query} | project name`, ...more });
  return (body.data as { name: string }[]).map(({ name }) => name);
}

describe('Resource Graph', () => {
  it('pages with skip tokens that fit only their own query', async () => {
    const query = 'Resources | project id | order by id asc';
    const first = await graph({ query, options: { $top: 20 } });
    expect(first.body).toMatchObject({ totalRecords: 30, count: 20, resultTruncated: 'false' });
    expect(first.headers.get('x-ms-user-quota-remaining')).toBe('14');
    expect(first.headers.get('x-ms-user-quota-resets-after')).toBe('00:00:05');
    const { $skipToken } = first.body;
    const second = await graph({ query, options: { $top: 20, $skipToken } });
    expect(second.body.count).toBe(10);
    expect(second.body).not.toHaveProperty('$skipToken');
    const other = await graph({ query: 'Resources', options: { $skipToken } });
    expect(other.status).toBe(400);
  });

  it('truncates without a token after limit, and when no column is a plain one', async () => {
    for (const query of ['Resources | limit 25', 'Resources | project tags']) {
      const { body } = await graph({ query, options: { $top: 20 } });
      expect(body).toMatchObject({ count: 20, resultTruncated: 'true' });
      expect(body).not.toHaveProperty('$skipToken');
    }
  });

  it.each([
    ["Resources | where name == 'v1'", ['v1']],
    ["resources | where name =~ 'V1' or name in~ ('V2', 'v3')", ['v1', 'v2', 'v3']],
    ["Resources | where tags.n == '7' and type =~ 'microsoft.keyvault/Vaults'", ['v7']],
    ["Resources | where tags['n'] in ('28', '3') | order by name asc", ['v28', 'v3']],
    [
      "Resources | where name startswith 'v2' and location !~ 'WestEurope' | take 2",
      ['v20', 'v21'],
    ],
    ["ResourceContainers | where type contains 'RESOURCEGROUPS'", ['rg-0', 'rg-1']],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('counts', async () => {
    const query = 'Resources | summarize count() by type, location | order by count_ desc';
    const { body } = await graph({ query });
    expect(body.data).toEqual([
      { type: 'microsoft.keyvault/vaults', location: 'westeurope', count_: 20 },
      { type: 'microsoft.keyvault/vaults', location: 'northeurope', count_: 5 },
      { type: 'microsoft.storage/storageaccounts', location: 'northeurope', count_: 5 },
    ]);
    expect((await graph({ query: 'Resources | count' })).body.data).toEqual([{ Count: 30 }]);
  });

  it('looks where it is told to', async () => {
    expect(await names('Resources', { managementGroups: ['retail'] })).toHaveLength(30);
    expect((await graph({ query: 'Resources', managementGroups: ['no'] })).status).toBe(403);
    const nowhere = await graph({ query: 'Resources', subscriptions: [clientId] });
    expect(nowhere).toMatchObject({
      status: 400,
      body: { error: { details: [{ code: 'NoValidSubscriptionsInQueryRequest' }] } },
    });
  });

  it.each([
    [{ query: 'Resources | wher x' }, 'InvalidQuery'],
    [{ query: "Resources | where name =~ 'x" }, 'InvalidQuery'],
    [{ query: 'Nonsense' }, 'InvalidQuery'],
    [{ query: 'Resources', options: { $top: 1001 } }, 'InvalidQueryOptions'],
    [{ query: 'Resources', options: { $skipToken: 'made up' } }, 'InvalidSkipToken'],
    ['{"query"', 'InvalidQuery'],
  ])('%j is refused', async (body, code) => {
    const answer = await graph(body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
    expect(JSON.stringify(answer.body)).toContain(code);
  });

  it.each([
    [null, '2021-03-01', 401, 'AuthenticationFailed'],
    ['other', '2021-03-01', 401, 'InvalidAuthenticationToken'],
    [accessToken, '1999-01-01', 400, 'InvalidApiVersionParameter'],
  ])('token %s, version %s', async (token, version, status, code) => {
    const answer = await graph({ query: 'Resources' }, version, token);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });
});

describe('Resource Manager', () => {
  const at = (rest: string) => `/subscriptions/${HOME}/providers/${rest}?api-version=2022-04-01`;

  it('says what the caller may do and which types a provider has', async () => {
    const permissions = await call(at('Microsoft.Authorization/permissions'));
    expect(permissions.body).toMatchObject({ value: [{ actions: ['*/read'] }] });
    const provider = await call(at('microsoft.keyvault'));
    expect(provider.body.resourceTypes).toEqual([
      expect.objectContaining({
        resourceType: 'vaults',
        capabilities: expect.stringContaining('SupportsTags'),
      }),
      expect.objectContaining({ resourceType: 'vaults/secrets', capabilities: 'None' }),
    ]);
    expect((await call(at('Microsoft.Made'))).status).toBe(404);
  });
});

describe('Entra', () => {
  const token = (form: Record<string, string>, tenant: string = tenantId) =>
    call(`/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) }, null);
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  };

  it('gives a token that is accepted', async () => {
    const { status, body } = await token({
      ...form,
      scope: 'https://management.azure.com/.default',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    const answer = await graph({ query: 'Resources' }, '2021-03-01', String(body.access_token));
    expect(answer.status).toBe(200);
  });

  it.each([
    [{ ...form, client_secret: 'x' }, tenantId, 401, 7000215],
    [{ ...form, client_id: 'x' }, tenantId, 400, 700016],
    [{ ...form, grant_type: 'password' }, tenantId, 400, 70003],
    [form, 'elsewhere.example', 400, 90002],
  ])('refuses %j of %s', async (given, tenant, status, code) => {
    const answer = await token(given, tenant);
    expect(answer).toMatchObject({ status, body: { error_codes: [code] } });
  });
});
