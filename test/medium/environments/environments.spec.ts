import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import {
  EnvironmentConnections,
  EnvironmentRepository,
} from '../../../src/modules/environments/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { SandboxCluster } from '../../support/sandbox-cluster.js';
import { TestContext } from '../../support/test-context.js';

const PATH = '/api/v1/environments';
const CANARY = 'canary-7f3d9e';

describe('environments', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let token: string;
  let cluster: SandboxCluster;

  beforeAll(async () => {
    cluster = await SandboxCluster.start([], CANARY);
    test = await TestContext.open();
    organization = await test.newOrganization();
    token = await (await test.newUser(organization)).login();
  });
  afterAll(async () => {
    await test.close();
    await cluster.stop();
  });

  const working = (more: object = {}) => ({
    provider: 'kubernetes',
    credentials: { server: cluster.endpoint, token: CANARY, ...more },
  });

  const create = (fields: object = {}) =>
    test.request(token, 'POST', PATH, {
      name: `environment-${crypto.randomUUID()}`,
      provider: 'aws',
      ...fields,
    });

  it('is created with defaults that follow from production', async () => {
    const answer = await create({
      is_production: true,
      cloud_settings: { regions: ['eu-west-1'] },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      criticality: 'high',
      is_active: true,
      cloud_settings: { endpoint: null, regions: ['eu-west-1'], unmanaged: 'declared-types' },
      credential_fields: [],
      version: 1,
    });
  });

  it('keeps credentials sealed and never answers or records them', async () => {
    const created = await create(working());
    expect(created.body.credential_fields).toEqual(['server', 'token']);
    const id = String(created.body.id);
    const replaced = await test.request(token, 'PUT', `${PATH}/${id}/credentials`, {
      credentials: working({ clusterName: 'second' }).credentials,
    });
    expect(replaced).toMatchObject({
      status: 200,
      body: {
        credential_fields: ['clusterName', 'server', 'token'],
        credentials_report: {
          status: 'proven',
          account_id: 'second',
          blind_types: [],
          complete: true,
        },
      },
    });
    const answers = [created, replaced, await test.request(token, 'GET', `${PATH}/${id}`)];
    expect(answers.map(({ text }) => text).join()).not.toContain(CANARY);

    const rows = await test.get(TenantSql).read(
      organization.context,
      `select (select jsonb_agg(a) from audit_logs a)::text as audit,
         (select string_agg(content, ' ') from audit_details) as details,
         (select string_agg(encode(sealed, 'escape'), '') from environment_credentials) as sealed`,
    );
    expect(JSON.stringify(rows)).not.toContain(CANARY);
    expect(JSON.stringify(rows)).toContain('replace_credentials');

    await test.as(organization.context, async () => {
      const environment = await test.get(EnvironmentRepository).getById(organization.context, id);
      const connection = await test
        .get(EnvironmentConnections)
        .open(organization.context, environment);
      expect(connection.credentials).toEqual(working({ clusterName: 'second' }).credentials);
    });
  });

  it('does not open credentials that were copied from another row', async () => {
    const [one, two] = [await create(working()), await create(working())];
    const ids = [String(one.body.id), String(two.body.id)];
    await test.get(TenantSql).transaction(organization.context, (client) =>
      client.query(
        `update environment_credentials t set wrapped_key = s.wrapped_key, sealed = s.sealed
         from environment_credentials s where s.environment_id = $1 and t.environment_id = $2`,
        ids,
      ),
    );
    await test.as(organization.context, async () => {
      const environment = await test
        .get(EnvironmentRepository)
        .getById(organization.context, ids[1] ?? '');
      await expect(
        test.get(EnvironmentConnections).open(organization.context, environment),
      ).rejects.toMatchObject({ code: 'CRYPTO.TAMPERED' });
    });
  });

  const stored = (id: string) =>
    test.as(organization.context, async () => {
      const environment = await test.get(EnvironmentRepository).getById(organization.context, id);
      return (await test.get(EnvironmentConnections).open(organization.context, environment))
        .credentials;
    });

  it('keeps the old credentials when the cloud refuses the new ones, or cannot be asked', async () => {
    const { body } = await create(working());
    const id = String(body.id);
    const put = (more: object, accept_unreachable?: boolean) =>
      test.request(token, 'PUT', `${PATH}/${id}/credentials`, {
        credentials: working(more).credentials,
        accept_unreachable,
      });
    const refused = await put({ token: 'canary-wrong' }, true);
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: 'ENVIRONMENT.CREDENTIALS_REFUSED',
        details: { reason: 'INVENTORY.UNAUTHENTICATED' },
      },
    });
    expect(refused.text).not.toContain('canary-wrong');
    const dead = { server: 'http://127.0.0.1:9' };
    expect(await put(dead)).toMatchObject({
      status: 503,
      body: { code: 'ENVIRONMENT.CLOUD_UNREACHABLE' },
    });
    expect(await stored(id)).toEqual(working().credentials);

    expect(await put(dead, true)).toMatchObject({
      status: 200,
      body: { credentials_report: { status: 'unreachable', checks: [], complete: false } },
    });
    expect(await stored(id)).toMatchObject(dead);
  });

  it('says which types the rights of the credentials do not reach', async () => {
    const { body } = await create(working());
    await cluster.addFault({ fault: 'deny', operation: 'list', type: 'Secret' });
    const answer = await test.request(token, 'PUT', `${PATH}/${String(body.id)}/credentials`, {
      credentials: working().credentials,
    });
    await cluster.clearFaults();
    expect(answer.body.credentials_report).toMatchObject({
      status: 'proven',
      blind_types: ['v1/Secret'],
      checks: expect.arrayContaining([
        expect.objectContaining({ permission: 'list secrets', status: 'denied' }),
        expect.objectContaining({ permission: 'list deployments.apps', status: 'allowed' }),
      ]),
    });
  });

  it('creates nothing with credentials the cloud refuses', async () => {
    const name = `refused-${crypto.randomUUID()}`;
    const answer = await create({ ...working({ token: 'canary-wrong' }), name });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'ENVIRONMENT.CREDENTIALS_REFUSED' },
    });
    const found = await test.request(token, 'GET', `${PATH}?search=${name}`);
    expect(found.body.data).toEqual([]);
  });

  it("refuses the server's own credentials", async () => {
    const answer = await create({ credentials: { localCredentials: 'true' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'ENVIRONMENT.LOCAL_CREDENTIALS_FORBIDDEN' },
    });
  });

  it('refuses malformed credentials without repeating them', async () => {
    const answer = await create({ credentials: { secretAccessKey: { nested: CANARY } } });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(CANARY);
  });

  it('refuses a name that is taken, also when renaming', async () => {
    const first = await create({ name: 'taken' });
    expect(first.status).toBe(201);
    const second = await create({ name: 'taken' });
    expect(second).toMatchObject({ status: 409, body: { code: 'ENVIRONMENT.NAME_TAKEN' } });
    const other = await create();
    const renamed = await test.request(token, 'PATCH', `${PATH}/${String(other.body.id)}`, {
      name: 'taken',
    });
    expect(renamed).toMatchObject({ status: 409, body: { code: 'ENVIRONMENT.NAME_TAKEN' } });
  });

  it('refuses a change made from an old version', async () => {
    const { body } = await create();
    const url = `${PATH}/${String(body.id)}`;
    const changed = await test.request(token, 'PATCH', url, { description: 'a', version: 1 });
    expect(changed.body).toMatchObject({ description: 'a', version: 2 });
    const late = await test.request(token, 'PATCH', url, { description: 'b', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'ENVIRONMENT.CHANGED_MEANWHILE' } });
  });

  it('changes single cloud settings and keeps the others', async () => {
    const { body } = await create({ cloud_settings: { regions: ['eu-west-1'], types: ['A'] } });
    const changed = await test.request(token, 'PATCH', `${PATH}/${String(body.id)}`, {
      cloud_settings: { types: [] },
    });
    expect(changed.body.cloud_settings).toMatchObject({ regions: ['eu-west-1'], types: [] });
  });

  it('lists by name, page by page, with filters', async () => {
    const own = await test.newOrganization();
    const admin = await (await test.newUser(own)).login();
    for (const name of ['c', 'a', 'b', 'd']) {
      await test.request(admin, 'POST', PATH, {
        name,
        provider: name === 'd' ? 'gcp' : 'aws',
      });
    }
    const first = await test.request(admin, 'GET', `${PATH}?page_size=2&provider=aws`);
    expect(names(first.body)).toEqual(['a', 'b']);
    const { next_cursor } = first.body.pagination as { next_cursor: string };
    const second = await test.request(
      admin,
      'GET',
      `${PATH}?page_size=2&provider=aws&cursor=${next_cursor}`,
    );
    expect(names(second.body)).toEqual(['c']);
    expect(second.body.pagination).toEqual({ next_cursor: null, page_size: 2, has_more: false });
    expect(names((await test.request(admin, 'GET', `${PATH}?search=D`)).body)).toEqual(['d']);
  });

  it('is deleted with everything it owns, by administrators only', async () => {
    const { body } = await create(working());
    const url = `${PATH}/${String(body.id)}`;
    const editor = await (await test.newUser(organization, { role: 'editor' })).login();
    expect((await test.request(editor, 'DELETE', url)).status).toBe(403);
    expect((await test.request(token, 'DELETE', url)).status).toBe(204);
    expect((await test.request(token, 'GET', url)).status).toBe(404);
  });

  it('cannot be given an endpoint of its own where the operator does not allow it', async () => {
    const closed = await TestContext.open({ OUTBOUND_ALLOW: [] });
    try {
      const admin = await (await closed.newUser(await closed.newOrganization())).login();
      const answer = await closed.request(admin, 'POST', PATH, {
        name: 'x',
        provider: 'aws',
        cloud_settings: { endpoint: 'http://169.254.169.254' },
      });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'OUTBOUND.HOST_FORBIDDEN' },
      });
    } finally {
      await closed.close();
    }
  });
});

function names(body: Record<string, unknown>): string[] {
  return (body.data as { name: string }[]).map(({ name }) => name);
}
