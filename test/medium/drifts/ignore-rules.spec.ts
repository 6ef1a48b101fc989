import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IgnoreRuleRepository } from '../../../src/modules/drifts/ignore-rules/ignore-rule.repository.js';
import { newEnvironment, type TestEnvironment } from '../../factories/environment.factory.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const PATH = '/api/v1/ignore-rules';
const DAY_MS = 86_400_000;

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly position: number;
}

describe('ignore rules', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let environment: TestEnvironment;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    organization = await test.newOrganization();
    environment = await newEnvironment(test, organization);
    token = await (await test.newUser(organization)).login();
  });

  const create = (fields: object, as = token): Promise<Answer> =>
    test.request(as, 'POST', PATH, { name: 'rule', ...fields });
  const list = async (query = ''): Promise<Rule[]> =>
    (await test.request(token, 'GET', `${PATH}${query}`)).body.data as Rule[];
  const inForce = (now = new Date()) =>
    test.as(organization.context, () =>
      test.get(IgnoreRuleRepository).inForce(organization.context, environment.id, now),
    );
  const send = async (query: string, payload: string): Promise<Answer> => {
    const answer = await test.app.inject({
      method: 'POST',
      url: `${PATH}/import?${query}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      payload,
    });
    return {
      status: answer.statusCode,
      body: answer.json<Record<string, unknown>>(),
      text: answer.body,
      headers: answer.headers,
    };
  };

  it('are made, read, changed and deleted', async () => {
    const made = await create({ types: ['aws_autoscaling_group'], paths: ['desired_capacity'] });
    expect(made).toMatchObject({
      status: 201,
      body: {
        environment_id: null,
        position: 1,
        paths: ['desired_capacity'],
        imported_from: null,
        created_by: expect.stringMatching(/-/),
      },
    });
    const url = `${PATH}/${String(made.body.id)}`;
    const changed = await test.request(token, 'PATCH', url, { paths: ['min_size'], reason: 'why' });
    expect(changed.body).toMatchObject({ paths: ['min_size'], reason: 'why', name: 'rule' });
    expect((await test.request(token, 'GET', url)).body).toEqual(changed.body);
    expect((await test.request(token, 'DELETE', url)).status).toBe(204);
    expect((await test.request(token, 'GET', url)).status).toBe(404);
  });

  it('refuse to silence everything, or to be over before they begin', async () => {
    expect((await create({})).body.code).toBe('IGNORE_RULE.SILENCES_EVERYTHING');
    const past = new Date(Date.now() - DAY_MS).toISOString();
    const over = await create({ paths: ['a'], expires_at: past });
    expect(over.body.code).toBe('IGNORE_RULE.ALREADY_EXPIRED');
    const narrow = await create({ paths: ['a'] });
    const url = `${PATH}/${String(narrow.body.id)}`;
    const widened = await test.request(token, 'PATCH', url, { paths: [] });
    expect(widened.body.code).toBe('IGNORE_RULE.SILENCES_EVERYTHING');
    expect((await create({ paths: ['a'], environment_id: randomUUIDv7() })).status).toBe(404);
  });

  it('are listed in the order in which they apply, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await create({ name, paths: ['x'] });
    const first = await test.request(token, 'GET', `${PATH}?page_size=2`);
    expect((first.body.data as Rule[]).map(({ name }) => name)).toEqual(['a', 'b']);
    const { next_cursor: cursor } = first.body.pagination as { next_cursor: string };
    expect((await list(`?page_size=2&cursor=${cursor}`)).map(({ name }) => name)).toEqual(['c']);
  });

  it('count in their environment and until they expire', async () => {
    const other = await newEnvironment(test, organization);
    const tomorrow = new Date(Date.now() + DAY_MS);
    await create({ name: 'everywhere', paths: ['a'] });
    await create({ name: 'here', paths: ['a'], environment_id: environment.id });
    await create({ name: 'elsewhere', paths: ['a'], environment_id: other.id });
    await create({ name: 'for a day', paths: ['a'], expires_at: tomorrow.toISOString() });
    expect((await inForce()).map(({ name }) => name)).toEqual(['everywhere', 'here', 'for a day']);
    const later = new Date(tomorrow.getTime() + 1);
    expect((await inForce(later)).map(({ name }) => name)).toEqual(['everywhere', 'here']);
    expect((await list(`?environment_id=${other.id}`)).map(({ name }) => name)).toEqual([
      'everywhere',
      'elsewhere',
      'for a day',
    ]);
  });

  it('are imported from a file, all or none, and again in place of themselves', async () => {
    const query = `file_name=.driftignore&environment_id=${environment.id}&replace=true`;
    const first = await send(
      query,
      '# noise\naws_iam_role.legacy\naws_s3_bucket.*.tags\n!aws_s3_bucket.main\n',
    );
    expect(first).toMatchObject({ status: 201, body: { removed: 0 } });
    expect(await list()).toMatchObject([
      { name: 'aws_iam_role.legacy', origin: '.driftignore:2', imported_from: '.driftignore' },
      { name: 'aws_s3_bucket.*.tags', paths: ['tags'] },
      { name: '!aws_s3_bucket.main', negated: true },
    ]);
    const again = await send(query, 'aws_iam_role.legacy\n');
    expect(again.body).toMatchObject({ removed: 3, rules: [{ name: 'aws_iam_role.legacy' }] });
    expect(await list()).toHaveLength(1);

    const broken = await send(
      'file_name=rules.yaml',
      'rules:\n  - name: a\n    types: [x]\n  - name: b\n',
    );
    expect(broken).toMatchObject({ status: 400, body: { code: 'DRIFT.INVALID_IGNORE_RULES' } });
    expect(broken.text).toContain('rules[1] would silence everything');
    expect(await list()).toHaveLength(1);
  });

  it.each([
    [
      'argo.yaml',
      'ignoreDifferences:\n  - kind: Deployment\n    jsonPointers: [/spec/replicas]\n',
      'Deployment',
    ],
    [
      '.tfdriftignore',
      'aws_autoscaling_group.*.desired_capacity\n',
      'aws_autoscaling_group.*.desired_capacity',
    ],
    [
      'main.tf',
      'resource "aws_instance" "a" {\n  lifecycle { ignore_changes = [ami] }\n}\n',
      'lifecycle.ignore_changes',
    ],
    ['driftguard-ignore.yaml', 'rules:\n  - name: mine\n    tags: { team: platform }\n', 'mine'],
  ])('read %s', async (file, content, name) => {
    const answer = await send(`file_name=${file}`, content);
    expect(answer).toMatchObject({ status: 201, body: { rules: [{ name, imported_from: file }] } });
  });

  it('are made by editors, deleted by administrators, read by all', async () => {
    const [viewer, editor] = await Promise.all(
      (['viewer', 'editor'] as const).map(async (role) =>
        (await test.newUser(organization, { role })).login(),
      ),
    );
    expect((await create({ paths: ['a'] }, viewer)).status).toBe(403);
    const made = await create({ paths: ['a'] }, editor);
    expect(made.status).toBe(201);
    const url = `${PATH}/${String(made.body.id)}`;
    expect((await test.request(viewer ?? null, 'GET', url)).status).toBe(200);
    expect((await test.request(editor ?? null, 'DELETE', url)).status).toBe(403);
  });
});
