import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import { TfeCloud } from '../../../sandbox/tfe/tfe-cloud.js';
import { makeOrganization, parseWorkspace } from '../../../sandbox/tfe/tfe-estate.js';
import { TenantSql } from '../../../src/core/database/index.js';
import type { DeclaredRecord } from '../../../src/core/providers/index.js';
import { DeclaredStateService } from '../../../src/modules/iac/index.js';
import { newEnvironment, type TestEnvironment } from '../../factories/environment.factory.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';
import { terraformState } from './terraform-state.js';

const PATH = '/api/v1/sources';
const SECRET = 'canary-source-51c2';

/** A store that gives the state to whoever has the token. */
function stateServer(): http.Server {
  return http.createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${SECRET}`) response.writeHead(401).end();
    else if (request.url === '/prod') {
      response.writeHead(200, { etag: '"v1"' }).end(terraformState(['logs']));
    } else if (request.url === '/html') response.end('<html>login</html>');
    else response.writeHead(404).end();
  });
}

describe('sources in a store', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let environment: TestEnvironment;
  let token: string;
  let server: http.Server;
  let base: string;

  beforeAll(async () => {
    test = await TestContext.open();
    organization = await test.newOrganization();
    environment = await newEnvironment(test, organization);
    token = await (await test.newUser(organization)).login();
    server = stateServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await test.close();
    await new Promise((done) => server.close(done));
  });

  const post = (url: string, extra: object = {}) =>
    test.request(token, 'POST', PATH, {
      environment_id: environment.id,
      name: `remote-${crypto.randomUUID()}`,
      url,
      ...extra,
    });
  const create = async (url: string): Promise<string> => {
    const { status, body, text } = await post(url);
    if (status !== 201) throw new Error(text);
    return String(body.id);
  };
  const authorize = (id: string, credentials: object) =>
    test.request(token, 'PUT', `${PATH}/${id}/credentials`, { credentials });
  const read = (id: string): Promise<DeclaredRecord[]> =>
    test.as(organization.context, async () => {
      const declared = test.get(DeclaredStateService);
      const sources = await declared.sourcesOf(organization.context, environment.id);
      const source = sources.find((one) => one.id === id);
      if (source === undefined) throw new Error('the source is not listed');
      const records: DeclaredRecord[] = [];
      const { signal } = new AbortController();
      for await (const record of declared.read(organization.context, source, signal)) {
        records.push(record);
      }
      return records;
    });

  it('tries credentials before it keeps them, sealed, and answers names only', async () => {
    const id = await create(`${base}/prod`);
    const wrong = await authorize(id, { token: 'another' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'SOURCE.DENIED' } });
    const { body: before } = await test.request(token, 'GET', `${PATH}/${id}`);
    expect(before).toMatchObject({ location: 'http', credential_fields: [], last_read: null });

    const right = await authorize(id, { token: SECRET });
    expect(right).toMatchObject({
      status: 200,
      body: { source: { credential_fields: ['token'] }, document: { version: '"v1"' } },
    });
    expect(right.text).not.toContain(SECRET);
    const [row] = await test
      .get(TenantSql)
      .read<{ bytes: string }>(
        organization.context,
        `select string_agg(c::text, '') as bytes from iac_source_credentials c`,
      );
    expect(row?.bytes).not.toContain(SECRET);
    expect(row?.bytes).not.toContain(Buffer.from(SECRET).toString('hex'));
  });

  it('is read with them, and remembers what was read', async () => {
    const id = await create(`${base}/prod`);
    await authorize(id, { token: SECRET });
    const records = await read(id);
    expect(records.filter(({ kind }) => kind === 'declared')).toHaveLength(2);
    const { body } = await test.request(token, 'GET', `${PATH}/${id}`);
    expect(body.last_read).toMatchObject({
      documents: [{ name: `${base}/prod`, version: '"v1"' }],
    });
    const removed = await test.request(token, 'DELETE', `${PATH}/${id}/credentials`);
    expect(removed.status).toBe(204);
    await expect(read(id)).rejects.toMatchObject({ code: 'SOURCE.DENIED' });
  });

  it('keeps what HCP Terraform says of its workspaces, several of which are one source', async () => {
    const state = JSON.parse(terraformState(['logs'])) as JsonObject;
    const workspaces = [
      { name: 'net-eu', tags: ['prod'], state, assessment: { drifted: true } },
      { name: 'net-us', tags: ['prod'], state, runs: [{ id: 'run-1', status: 'applying' }] },
      { name: 'net-test', tags: [], state },
    ].map((one) => parseWorkspace(one, one.name, one.name));
    const cloud = new TfeCloud([makeOrganization('acme', workspaces, { token: SECRET })]);
    const platform = await serveCloud(cloud, 0);
    const id = await create(
      `tfe://${new URL(platform.url).host}/acme/?tag=prod&name=net-*&scheme=http`,
    );
    const tried = await authorize(id, { token: SECRET });
    expect(tried.body).toMatchObject({
      document: { workspace: { assessment: { verdict: 'drifted' } } },
    });
    const records = await read(id);
    await platform.close();
    expect(records.filter(({ kind }) => kind === 'declared')).toHaveLength(4);
    const notices = records.flatMap((one) => (one.kind === 'notice' ? [one.notice.code] : []));
    expect(notices).toContain('SOURCE.RUN_IN_PROGRESS');
    const { body } = await test.request(token, 'GET', `${PATH}/${id}`);
    expect(body.last_read).toMatchObject({
      documents: [
        { workspace: { assessment: { verdict: 'drifted' }, run_in_progress: false } },
        { workspace: { latest_run: { id: 'run-1', status: 'applying' }, run_in_progress: true } },
      ],
    });
  });

  it.each([
    ['/nowhere', 'SOURCE.STATE_MISSING'],
    ['/html', 'IAC.'],
  ])('says that %s is no state', async (path, code) => {
    const answer = await authorize(await create(`${base}${path}`), { token: SECRET });
    expect(answer.status).toBe(400);
    expect(String(answer.body.code)).toContain(code);
  });

  it('does not take credentials along to another host', async () => {
    const id = await create(`${base}/prod`);
    await authorize(id, { token: SECRET });
    const path = `${PATH}/${id}`;
    const same = await test.request(token, 'PATCH', path, { url: `${base}/nowhere` });
    expect(same).toMatchObject({ status: 200, body: { credential_fields: ['token'] } });
    const other = await test.request(token, 'PATCH', path, { url: 'http://127.0.0.2:9/prod' });
    expect(other).toMatchObject({ status: 200, body: { credential_fields: [] } });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'OUTBOUND.HOST_FORBIDDEN'],
    ['http://0xa9fea9fe/', 'OUTBOUND.HOST_FORBIDDEN'],
    ['consul://10.0.0.1:8500/tf', 'OUTBOUND.HOST_FORBIDDEN'],
    ['s3://acme/x.tfstate?endpoint=http://192.168.0.1:9000', 'OUTBOUND.HOST_FORBIDDEN'],
    ['https://user:pw@example.com/state', 'SOURCE.URL_INVALID'],
    ['gopher://example.com/', 'SOURCE.URL_INVALID'],
  ])('%s is refused at once', async (url, code) => {
    expect(await post(url)).toMatchObject({ status: 400, body: { code } });
  });

  it('is a path or a URL and takes no upload', async () => {
    const both = await post(`${base}/prod`, { path: 'x' });
    expect(both).toMatchObject({ status: 400, body: { code: 'SOURCE.PATH_AND_URL' } });
    const upload = await test.request(token, 'POST', PATH, {
      environment_id: environment.id,
      name: 'an upload',
    });
    const refused = await authorize(String(upload.body.id), { token: SECRET });
    expect(refused).toMatchObject({ status: 409, body: { code: 'SOURCE.NOT_REMOTE' } });
  });

  describe("Terraform's pg backend", () => {
    let owner: pg.Client;
    let where: string;
    let login: { username: string; password: string };

    beforeAll(async () => {
      owner = new pg.Client({
        host: test.config.get('DB_HOST'),
        port: test.config.get('DB_PORT'),
        database: test.config.get('DB_NAME'),
        user: test.config.get('DB_OWNER_USER'),
        password: test.config.get('DB_OWNER_PASSWORD'),
      });
      await owner.connect();
      // As the backend makes it.
      await owner.query(`
        create schema if not exists "team states";
        create table if not exists "team states".states (id bigint primary key, name text unique, data text);
        delete from "team states".states`);
      await owner.query(
        `insert into "team states".states values (1, 'default', $1), (2, 'prod', $2)`,
        [terraformState(['logs']), terraformState(['logs', 'media'])],
      );
      login = {
        username: test.config.get('DB_OWNER_USER'),
        password: test.config.get('DB_OWNER_PASSWORD'),
      };
      const host = `${test.config.get('DB_HOST')}:${test.config.get('DB_PORT')}`;
      where = `pg://${host}/${test.config.get('DB_NAME')}?sslmode=disable&schema=team%20states`;
    });
    afterAll(async () => {
      await owner.query('drop schema if exists "team states" cascade');
      await owner.end();
    });

    it('gives one workspace, or all', async () => {
      const one = await create(`${where}&workspace=prod`);
      expect(await authorize(one, login)).toMatchObject({ status: 200 });
      expect((await read(one)).filter(({ kind }) => kind === 'declared')).toHaveLength(3);
      const all = await create(`${where}&workspace=*`);
      await authorize(all, login);
      expect((await read(all)).filter(({ kind }) => kind === 'declared')).toHaveLength(5);
    });

    it.each([
      ['&workspace=none', {}, 'SOURCE.STATE_MISSING'],
      ['&workspace=prod', { password: 'wrong' }, 'SOURCE.DENIED'],
      ['&workspace=prod', { username: 'nobody' }, 'SOURCE.DENIED'],
    ])('%s with %j: %s', async (rest, change, code) => {
      const answer = await authorize(await create(`${where}${rest}`), { ...login, ...change });
      expect(answer).toMatchObject({ status: 400, body: { code } });
      expect(answer.text).not.toContain(login.password);
    });

    it('speaks TLS unless told otherwise', async () => {
      const answer = await authorize(await create(where.replace('sslmode=disable&', '')), login);
      expect(answer).toMatchObject({ status: 400, body: { code: 'SOURCE.URL_INVALID' } });
    });
  });
});
