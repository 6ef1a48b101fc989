import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { type DeclaredResource, NO_SCOPE } from '../../../src/core/providers/index.js';
import { DeclaredStateService, IacSource } from '../../../src/modules/iac/index.js';
import { EntityManager } from '@mikro-orm/core';
import {
  newEnvironment,
  newSource,
  type TestEnvironment,
} from '../../factories/environment.factory.js';
import { TestContext } from '../../support/test-context.js';

interface Row {
  readonly address: string;
  readonly attributes: string;
  readonly id: string;
  readonly updated_at: Date;
}

describe('storing declared resources', () => {
  let test: TestContext;
  let environment: TestEnvironment;
  let source: string;

  beforeAll(async () => {
    test = await TestContext.open();
  });
  afterAll(async () => {
    await test.close();
  });
  beforeEach(async () => {
    environment = await newEnvironment(test, await test.newOrganization());
    source = await newSource(test, environment);
  });

  const store = (resources: readonly DeclaredResource[], id = source) => {
    const { context } = environment.organization;
    return test.as(context, async () => {
      const owner = await test.get(EntityManager).findOneOrFail(IacSource, { id });
      return test.get(DeclaredStateService).store(context, owner, resources);
    });
  };
  const rows = () =>
    test
      .get(TenantSql)
      .read<Row>(
        environment.organization.context,
        'select address, attributes, id, updated_at from iac_resources order by address',
      );

  it('inserts, leaves the unchanged alone, rewrites the changed, removes the rest', async () => {
    const first = [resource('a', { v: 1 }), resource('b', { v: 1 }), resource('c', { v: 1 })];
    expect(await store(first)).toEqual({ declared: 3, changed: 3, removed: 0 });
    const before = await rows();
    expect(await store(first)).toEqual({ declared: 3, changed: 0, removed: 0 });
    expect(await rows()).toEqual(before);

    const second = [resource('a', { v: 1 }), resource('b', { v: 2 }), resource('d', { v: 1 })];
    expect(await store(second)).toEqual({ declared: 3, changed: 2, removed: 1 });
    const after = await rows();
    expect(after.map(({ address }) => address)).toEqual(['a', 'b', 'd']);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ id: before[1]?.id, attributes: '{"v":2}' });
  });

  it('holds no secret in clear, and sees that a secret changed', async () => {
    const secret = (value: string) =>
      resource('db', { password: value, user_data: { token: value } }, ['user_data']);
    await store([secret('canary-1')]);
    const [first] = await rows();
    await store([secret('canary-2')]);
    const [second] = await rows();
    expect(`${first?.attributes ?? ''}${second?.attributes ?? ''}`).not.toContain('canary');
    expect(first?.attributes).toContain('$sensitive');
    expect(second?.attributes).not.toBe(first?.attributes);
  });

  it('hashes the same secret differently for another tenant', async () => {
    await store([resource('db', { password: 'canary' })]);
    const [one] = await rows();
    environment = await newEnvironment(test, await test.newOrganization());
    source = await newSource(test, environment);
    await store([resource('db', { password: 'canary' })]);
    const [two] = await rows();
    expect(two?.attributes).not.toBe(one?.attributes);
  });

  it('keeps the later of two resources at one address, and odd characters', async () => {
    await store([
      resource('x', { v: 'first' }),
      resource('x', { v: 'tab\there\nline\\N back\u0000slash é' }),
    ]);
    const [row] = await rows();
    expect(JSON.parse(row?.attributes ?? '')).toEqual({
      v: 'tab\there\nline\\N back\u0000slash é',
    });
  });

  it('does not mix the sources of an environment', async () => {
    const other = await newSource(test, environment);
    await store([resource('a', { v: 1 })]);
    await store([resource('a', { v: 2 })], other);
    expect(await store([])).toEqual({ declared: 0, changed: 0, removed: 1 });
    expect((await rows()).map(({ attributes }) => attributes)).toEqual(['{"v":2}']);
  });
});

function resource(
  address: string,
  attributes: DeclaredResource['attributes'],
  sensitivePaths: string[] = [],
): DeclaredResource {
  return {
    address,
    type: 'aws_instance',
    format: 'terraform-state-attributes',
    provider: 'aws',
    id: `id-${address}`,
    name: null,
    attributes,
    sensitivePaths,
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'terraform.tfstate', line: 1 },
    contentHash: null,
  };
}
