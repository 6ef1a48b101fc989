import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import type { DeclaredRecord } from '../../../src/core/providers/index.js';
import { DeclaredStateService } from '../../../src/modules/iac/index.js';
import { newEnvironment, type TestEnvironment } from '../../factories/environment.factory.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';
import { terraformState } from './terraform-state.js';

const PATH = '/api/v1/sources';
const CANARY = 'canary-a81f';

const formPart = (disposition: string): string =>
  `--frontier\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${terraformState(['logs'])}\r\n`;
const FILE_PART = formPart('name="file"; filename="prod.tfstate"');

describe('sources', () => {
  let test: TestContext;
  let root: string;
  let organization: TestOrganization;
  let environment: TestEnvironment;
  let token: string;

  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'driftguard-sources-'));
    test = await TestContext.open({ LOCAL_SOURCES_ROOT: root, UPLOAD_LIMIT_BYTES: 4_000_000 });
    await test.app.listen(0, '127.0.0.1');
    organization = await test.newOrganization();
    environment = await newEnvironment(test, organization);
    token = await (await test.newUser(organization)).login();
  });
  afterAll(async () => {
    await test.close();
    await rm(root, { recursive: true, force: true });
  });

  const create = async (fields: object = {}) =>
    test.request(token, 'POST', PATH, {
      environment_id: environment.id,
      name: `source-${crypto.randomUUID()}`,
      ...fields,
    });
  const newUpload = async (): Promise<string> => String((await create()).body.id);
  /** Over a connection: an injected request never closes, so it would not see what ends with its body. */
  const upload = async (
    id: string,
    payload: string | Buffer<ArrayBuffer>,
    type = 'application/octet-stream',
  ) => {
    const answer = await fetch(`${await test.app.getUrl()}${PATH}/${id}/content`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: payload,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const read = (id: string): Promise<DeclaredRecord[]> =>
    test.as(organization.context, async () => {
      const declared = test.get(DeclaredStateService);
      const sources = await declared.sourcesOf(organization.context, environment.id);
      const source = sources.find((one) => one.id === id);
      if (source === undefined) throw new Error('the source is not listed');
      const { signal } = new AbortController();
      const records: DeclaredRecord[] = [];
      for await (const record of declared.read(organization.context, source, signal)) {
        records.push(record);
      }
      return records;
    });
  const addresses = (records: readonly DeclaredRecord[]): string[] =>
    records.flatMap((one) => (one.kind === 'declared' ? [one.resource.address] : [])).sort();

  it('keeps an upload sealed and reads it back', async () => {
    const id = await newUpload();
    const answer = await upload(id, terraformState(['logs', 'media']));
    expect(answer).toMatchObject({ status: 200, body: { resources: 3 } });
    const { body } = await test.request(token, 'GET', `${PATH}/${id}`);
    expect(body.content).toMatchObject({
      resources: 3,
      size: terraformState(['logs', 'media']).length,
    });

    const [row] = await test
      .get(TenantSql)
      .read<{ bytes: string }>(
        organization.context,
        `select string_agg(encode(sealed, 'escape'), '') as bytes from iac_document_pieces`,
      );
    expect(row?.bytes).not.toContain(CANARY);
    expect(row?.bytes).not.toContain('aws_s3_bucket');
    expect(addresses(await read(id))).toEqual([
      'aws_db_instance.main',
      'aws_s3_bucket.logs',
      'aws_s3_bucket.media',
    ]);
  });

  it('takes an upload in several pieces', async () => {
    const id = await newUpload();
    const names = Array.from({ length: 6000 }, (_, n) => `bucket-${n}`);
    const answer = await upload(id, terraformState(names));
    expect(answer).toMatchObject({ status: 200, body: { resources: 6001 } });
    expect(await read(id)).toHaveLength(6001);
  });

  it('takes a form with one file and remembers its name', async () => {
    const id = await newUpload();
    const form = [
      '--frontier',
      'content-disposition: form-data; name="file"; filename="C:\\states\\prod.tfstate"',
      'content-type: application/json',
      '',
      terraformState(['logs']),
      '--frontier--',
      '',
    ].join('\r\n');
    const answer = await upload(id, form, 'multipart/form-data; boundary=frontier');
    expect(answer.status).toBe(200);
    expect(answer.body.source).toMatchObject({ content: { name: 'prod.tfstate' } });
  });

  it.each([
    ['cut off', terraformState(['logs']).slice(0, 300), 'IAC.JSON_TRUNCATED'],
    ['empty', '', 'SOURCE.CONTENT_EMPTY'],
    ['too large', Buffer.alloc(4_000_001, ' '), 'SOURCE.CONTENT_TOO_LARGE'],
  ])('refuses content that is %s and keeps what was there', async (_case, content, code) => {
    const id = await newUpload();
    await upload(id, terraformState(['logs']));
    const answer = await upload(id, content);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(addresses(await read(id))).toEqual(['aws_db_instance.main', 'aws_s3_bucket.logs']);
    const left = (await readdir(os.tmpdir())).filter((name) =>
      name.startsWith('driftguard-upload'),
    );
    expect(left).toEqual([]);
  });

  it('says what is wrong with an upload and where', async () => {
    const answer = await upload(await newUpload(), terraformState(['logs']).slice(0, 300));
    expect(answer.body.detail).toMatch(/line \d+|byte \d+/);
    expect(JSON.stringify(answer.body)).not.toContain(CANARY);
  });

  it('refuses a parsed body, which would have lost its positions', async () => {
    const answer = await upload(await newUpload(), '{}', 'application/json');
    expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST.NO_FILE' } });
  });

  it.each([
    ['a text field', formPart('name="note"'), 'REQUEST.FORM_INVALID'],
    ['a text field before the file', formPart('name="note"') + FILE_PART, 'REQUEST.FORM_INVALID'],
    ['no end', FILE_PART, 'REQUEST.FORM_INVALID'],
    ['no boundary', 'anything', 'REQUEST.FORM_INVALID'],
    ['nothing', '--frontier--\r\n', 'REQUEST.NO_FILE'],
  ])('refuses a form with %s', async (contents, form, code) => {
    const boundary = contents === 'no boundary' ? '' : '; boundary=frontier';
    const answer = await upload(await newUpload(), form, `multipart/form-data${boundary}`);
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  it('says that nothing was uploaded yet', async () => {
    await expect(read(await newUpload())).rejects.toMatchObject({ code: 'SOURCE.CONTENT_MISSING' });
  });

  it('refuses a parameter that looks like a secret, without its value', async () => {
    const answer = await create({ options: { parameters: { DatabasePassword: CANARY } } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'SOURCE.SECRET_PARAMETER' } });
    expect(answer.text).not.toContain(CANARY);
  });

  describe('that point at a path', () => {
    it('read every file of a folder and tell equal addresses apart', async () => {
      await mkdir(path.join(root, 'states/b'), { recursive: true });
      await writeFile(path.join(root, 'states/a.tfstate'), terraformState(['logs']));
      await writeFile(path.join(root, 'states/b/b.tfstate'), terraformState(['logs']));
      await writeFile(path.join(root, 'states/other.json'), '{"some":"thing"}');
      const { body } = await create({ path: 'states' });
      const records = await read(String(body.id));
      expect(addresses(records)).toEqual([
        'aws_db_instance.main',
        'aws_db_instance.main (states/b/b.tfstate)',
        'aws_s3_bucket.logs',
        'aws_s3_bucket.logs (states/b/b.tfstate)',
      ]);
      expect(records.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    });

    it.each([
      ['outside', '../', 'SOURCE.PATH_OUTSIDE'],
      ['absolute and outside', '/etc/passwd', 'SOURCE.PATH_OUTSIDE'],
      ['that do not exist', 'nothing-here', 'SOURCE.PATH_MISSING'],
    ])('are refused for paths %s', async (_case, given, code) => {
      expect(await create({ path: given })).toMatchObject({ status: 400, body: { code } });
    });

    it('do not follow a link out of the folder', async () => {
      await symlink('/etc', path.join(root, 'link'));
      const answer = await create({ path: 'link/hostname' });
      expect(answer).toMatchObject({ status: 400, body: { code: 'SOURCE.PATH_OUTSIDE' } });
    });

    it('are refused where the operator opened no folder', async () => {
      const closed = await TestContext.open({ LOCAL_SOURCES_ROOT: '' });
      try {
        const own = await closed.newOrganization();
        const admin = await (await closed.newUser(own)).login();
        const answer = await closed.request(admin, 'POST', PATH, {
          environment_id: (await newEnvironment(closed, own)).id,
          name: 'x',
          path: 'states',
        });
        expect(answer).toMatchObject({ status: 400, body: { code: 'SOURCE.PATHS_FORBIDDEN' } });
      } finally {
        await closed.close();
      }
    });
  });
});
