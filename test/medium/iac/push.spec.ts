import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.js';
import { TenantSql } from '../../../src/core/database/index.js';
import type { DeclaredRecord } from '../../../src/core/providers/index.js';
import { contentDigestOf } from '../../../src/core/http/index.js';
import { DeclaredStateService } from '../../../src/modules/iac/index.js';
import { newEnvironment, type TestEnvironment } from '../../factories/environment.factory.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

const CANARY = 'zq9canaryzq9';
const LINEAGE = 'b5c2a3f0-0000-4000-8000-000000000000';

function state(serial: number, lineage = LINEAGE, engine = 'postgres'): string {
  return JSON.stringify({
    version: 4,
    serial,
    lineage,
    outputs: { password: { value: CANARY } },
    resources: [
      {
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'main',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ attributes: { id: 'shop', password: CANARY, engine } }],
      },
    ],
  });
}

describe('driftguard push against the server', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let environment: TestEnvironment;
  let token: string;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-push-'));
    test = await TestContext.open({ UPLOAD_LIMIT_BYTES: 2_000_000 });
    await test.app.listen(0, '127.0.0.1');
    url = await test.app.getUrl();
    organization = await test.newOrganization();
    environment = await newEnvironment(test, organization);
    token = await (await test.newUser(organization)).login();
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  const newSource = async (): Promise<string> => {
    const body = { environment_id: environment.id, name: `source-${crypto.randomUUID()}` };
    return String((await test.request(token, 'POST', '/api/v1/sources', body)).body.id);
  };
  /** As docs/push.md says: a service account, and a key of it for pushing to this source. */
  const newKey = async (source: string | null): Promise<string> => {
    const accounts = '/api/v1/service-accounts';
    const account = { name: `ci-${crypto.randomUUID()}`, role: 'editor' };
    const { id } = (await test.request(token, 'POST', accounts, account)).body;
    const answer = await test.request(token, 'POST', `${accounts}/${String(id)}/api-keys`, {
      name: 'pipeline',
      scopes: ['iac:push'],
      expires_in_days: 1,
      ...(source !== null && { source_id: source }),
    });
    return String(answer.body.key);
  };
  async function push(source: string, key: string, content: string, ...args: string[]) {
    const output = { stdout: '', stderr: '' };
    await writeFile(path.join(folder, 'terraform.tfstate'), content);
    const code = await runCli(['push', 'terraform.tfstate', ...args], {
      stdout: { write: (text: string) => (output.stdout += text) },
      stderr: { write: (text: string) => (output.stderr += text) },
      env: { DRIFTGUARD_URL: url, DRIFTGUARD_TOKEN: key, DRIFTGUARD_SOURCE: source },
      cwd: () => folder,
    });
    return { code, ...output };
  }
  const kept = (source: string) =>
    test
      .get(TenantSql)
      .read<{ id: string; serial: string | null; lineage: string | null }>(
        organization.context,
        `select id, serial, lineage from iac_documents where organization_id = $1 and source_id = $2`,
        [organization.id, source],
      );
  const upload = async (source: string, key: string, body: string, digest: string) => {
    const answer = await fetch(`${url}/api/v1/sources/${source}/content`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/octet-stream',
        'content-digest': digest,
      },
      body,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('keeps a state that has no secrets left, and the same again changes nothing', async () => {
    const source = await newSource();
    const key = await newKey(source);
    const first = await push(source, key, state(7));
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/^pushed terraform\.tfstate to source-.*: 1 resource\n$/);
    const [row] = await kept(source);
    expect(row).toMatchObject({ serial: '7', lineage: LINEAGE });

    const again = await push(source, key, state(7));
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^unchanged: source-/)]);
    expect((await kept(source)).map(({ id }) => id)).toEqual([row?.id]);
    const { body } = await test.request(token, 'GET', `/api/v1/sources/${source}`);
    expect(body.content).toMatchObject({ resources: 1, serial: 7 });
  });

  it('refuses an older serial of the same state, and takes it when it is meant', async () => {
    const source = await newSource();
    const key = await newKey(source);
    await push(source, key, state(7));
    const older = await push(source, key, state(6));
    expect(older.code).toBe(2);
    expect(older.stderr).toMatch(/has serial 7 .* this is serial 6: .*SOURCE\.SERIAL_OLDER/);
    expect(await kept(source)).toMatchObject([{ serial: '7' }]);
    expect((await push(source, key, state(6), '--allow-older')).code).toBe(0);
    expect(await kept(source)).toMatchObject([{ serial: '6' }]);
    // Another history has serials of its own.
    expect((await push(source, key, state(1, 'another'))).code).toBe(0);
    expect(await kept(source)).toMatchObject([{ serial: '1', lineage: 'another' }]);
  });

  it('ends with the newer of two states that are pushed at the same moment', async () => {
    const source = await newSource();
    const key = await newKey(source);
    const send = (serial: number) => {
      const body = state(serial);
      return upload(source, key, body, contentDigestOf(Buffer.from(body)));
    };
    await Promise.all([8, 10, 9].map(send));
    expect(await kept(source)).toMatchObject([{ serial: '10' }]);
  });

  it('takes a key for nothing but the source it is bound to', async () => {
    const [own, other] = [await newSource(), await newSource()];
    const key = await newKey(own);
    const foreign = await push(other, key, state(1));
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('OTHER_SOURCE')]);
    const read = await test.request(key, 'GET', `/api/v1/sources/${own}`);
    expect([read.status, read.body.code]).toEqual([403, 'AUTH.FORBIDDEN']);
    const wrong = await push(own, `${key.slice(0, -1)}_`, state(1));
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('not valid, expired')]);
  });

  it('refuses content that was changed or cut off on the way, and keeps nothing of it', async () => {
    const source = await newSource();
    const key = await newKey(null);
    const digest = contentDigestOf(Buffer.from(state(2)));
    expect(await upload(source, key, state(3), digest)).toMatchObject({
      status: 400,
      body: { code: 'REQUEST.DIGEST_MISMATCH' },
    });
    expect(await upload(source, key, state(3), 'nonsense')).toMatchObject({
      status: 400,
      body: { code: 'REQUEST.DIGEST_INVALID' },
    });
    expect(await kept(source)).toEqual([]);
    expect(await upload(source, key, state(2), digest)).toMatchObject({ status: 200 });
  });

  it('says when the content is too large', async () => {
    const source = await newSource();
    const large = state(1, LINEAGE, 'x'.repeat(2_100_000));
    const { code, stderr } = await push(source, await newKey(source), large);
    expect([code, stderr]).toEqual([2, expect.stringContaining('SOURCE.CONTENT_TOO_LARGE')]);
  });

  it('never had a secret: what a scan reads there is what was sent', async () => {
    const source = await newSource();
    await push(source, await newKey(source), state(7));
    const records = await test.as(organization.context, async () => {
      const declared = test.get(DeclaredStateService);
      const sources = await declared.sourcesOf(organization.context, environment.id);
      const found = sources.find(({ id }) => id === source);
      if (found === undefined) throw new Error('the source is not listed');
      const { signal } = new AbortController();
      const read: DeclaredRecord[] = [];
      for await (const record of declared.read(organization.context, found, signal)) {
        read.push(record);
      }
      return read;
    });
    expect(JSON.stringify(records)).not.toContain(CANARY);
    expect(records).toMatchObject([
      { resource: { attributes: { password: '(sensitive value)', engine: 'postgres' } } },
    ]);
  });
});
