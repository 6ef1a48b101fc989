import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { DeclaredResource } from '../../../core/providers/index.js';
import { parseDocument } from '../parsers/parse-document.js';
import { type EdgeDocument, removeSecrets } from './remove-secrets.js';

/** Stands in every secret of these documents, and nowhere else. */
const CANARY = 'zq9canaryzq9';
const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';
const { signal } = new AbortController();

function documentOf(content: string | Buffer) {
  const open = () => Promise.resolve(Readable.from([Buffer.from(content)]));
  return { name: 'given', size: null, open };
}

function remove(content: unknown, keys: readonly string[] = []): Promise<EdgeDocument> {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return removeSecrets(documentOf(text), { kind: 'auto', keys }, signal);
}

async function declared(content: string | Buffer): Promise<Map<string, DeclaredResource>> {
  const found = new Map<string, DeclaredResource>();
  for await (const record of parseDocument(documentOf(content), {}, signal)) {
    if (record.kind === 'declared') found.set(record.resource.address, record.resource);
  }
  return found;
}

function state(resources: readonly object[], more: object = {}) {
  return {
    version: 4,
    terraform_version: '1.9.0',
    serial: 12,
    lineage: 'b5c2a3f0-0000-4000-8000-000000000000',
    outputs: { password: { value: CANARY, type: 'string', sensitive: true } },
    ...more,
    resources,
    check_results: [{ object_kind: 'output', status: CANARY }],
  };
}

function resource(type: string, attributes: object, more: object = {}, provider = AWS) {
  const instances = [{ schema_version: 0, attributes, private: CANARY, ...more }];
  return { mode: 'managed', type, name: 'main', provider, instances };
}

const TERRAFORM = state([
  resource(
    'aws_db_instance',
    {
      id: 'shop',
      password: CANARY,
      engine: 'postgres',
      username: 'shop',
      domain: { a: `x ${CANARY}` },
      tags: { Owner: 'web' },
    },
    { sensitive_attributes: [[{ type: 'get_attr', value: 'domain' }]] },
  ),
  resource('aws_ssm_parameter', { id: '/shop', name: '/shop', type: 'String', value: CANARY }),
  resource('aws_lambda_function', {
    id: 'fn',
    environment: [{ variables: { DB_PASSWORD: CANARY, REGION: 'eu' } }],
  }),
  resource('aws_instance', {
    id: 'i-1',
    user_data: `#!/bin/sh\nexport PGPASSWORD=${CANARY}\n`,
    user_data_base64: Buffer.from(`TOKEN\nPASSWORD=${CANARY}`).toString('base64'),
    metadata: `postgres://shop:${CANARY}@db/shop`,
  }),
  resource('aws_ecs_task_definition', {
    id: 'task',
    container_definitions: JSON.stringify([
      { name: 'web', image: 'web:1', environment: [{ name: 'API_TOKEN', value: CANARY }] },
    ]),
  }),
  resource('random_password', { id: 'none', result: CANARY }, {}, 'provider["x/hashicorp/random"]'),
  resource(
    'helm_release',
    { id: 'web', name: 'web', values: [`key: ${CANARY}`], set: [{ name: 'a', value: CANARY }] },
    {},
    'provider["registry.terraform.io/hashicorp/helm"]',
  ),
  resource(
    'kubernetes_secret_v1',
    { id: 'shop/db', metadata: [{ name: 'db', namespace: 'shop' }], data: { any: CANARY } },
    {},
    'provider["registry.terraform.io/hashicorp/kubernetes"]',
  ),
  {
    mode: 'data',
    type: 'aws_secretsmanager_secret_version',
    name: 'db',
    provider: AWS,
    instances: [{ attributes: { secret_string: CANARY } }],
  },
]);

describe('a Terraform state without its secrets', () => {
  it('has none of them, in no form', async () => {
    const { content, removed } = await remove(TERRAFORM);
    const text = content.toString();
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 12));
    expect(removed).toBeGreaterThanOrEqual(8);
  });

  it('declares the same resources, on the same lines, of the same version', async () => {
    const { content } = await remove(TERRAFORM);
    const before = await declared(JSON.stringify(TERRAFORM, null, 2));
    const after = await declared(content);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [address, { location, id }] of before) {
      const other = address.startsWith('random_');
      expect(after.get(address)).toMatchObject({ location, id: other ? null : id });
    }
    expect(JSON.parse(content.toString())).toMatchObject({ serial: 12, version: 4 });
  });

  it('keeps what is no secret, and says where one was', async () => {
    const after = await declared((await remove(TERRAFORM)).content);
    expect(after.get('aws_db_instance.main')?.attributes).toEqual({
      id: 'shop',
      password: '(sensitive value)',
      engine: 'postgres',
      username: 'shop',
      domain: '(sensitive value)',
      tags: { Owner: 'web' },
    });
    const definitions = after.get('aws_ecs_task_definition.main')?.attributes;
    expect(JSON.parse(definitions?.container_definitions as string)).toEqual([
      {
        name: 'web',
        image: 'web:1',
        environment: [{ name: 'API_TOKEN', value: '(sensitive value)' }],
      },
    ]);
  });

  it('is the same for the same state, byte for byte', async () => {
    const [one, other] = [await remove(TERRAFORM), await remove(TERRAFORM)];
    expect(one.content.equals(other.content)).toBe(true);
  });

  it('does not believe a value that looks removed already', async () => {
    const value = { $sensitive: 'hash', password: CANARY };
    const { content } = await remove(state([resource('aws_instance', { id: 'i', value })]));
    expect(content.toString()).not.toContain(CANARY);
  });

  it('removes what the user names', async () => {
    const given = state([resource('aws_instance', { id: 'i', license: CANARY, list: [CANARY] })]);
    const { content, removed } = await remove(given, ['license', 'list']);
    expect([content.toString().includes(CANARY), removed]).toEqual([false, 2]);
  });

  it('leaves out what could only be found by a secret, and says so', async () => {
    const given = state([
      resource(
        'aws_instance',
        { id: CANARY },
        {
          sensitive_attributes: [[{ type: 'get_attr', value: 'id' }]],
        },
      ),
      resource('aws_s3_bucket', { id: 'logs' }),
    ]);
    const { content, leftOut } = await remove(given);
    expect(content.toString()).not.toContain(CANARY);
    expect(leftOut).toEqual(['aws_instance.main']);
    expect([...(await declared(content)).keys()]).toEqual(['aws_s3_bucket.main']);
  });

  it('of Terraform 0.11 loses those of its flat attributes', async () => {
    const flat = { id: 'shop', 'settings.0.password': CANARY, engine: 'postgres' };
    const instance = { attributes_flat: flat };
    const given = state([
      {
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'main',
        provider: AWS,
        instances: [instance],
      },
    ]);
    const { content } = await remove(given);
    expect(content.toString()).not.toContain(CANARY);
    expect((await declared(content)).get('aws_db_instance.main')?.attributes).toMatchObject({
      engine: 'postgres',
    });
  });

  it.each([
    ['an encrypted one', { version: 4, encrypted_data: CANARY }, 'IAC.STATE_ENCRYPTED'],
    ['an old one', { version: 3, serial: 1, modules: [{ a: CANARY }] }, 'IAC.STATE_VERSION'],
    ['one of another kind', { hello: CANARY }, 'IAC.UNRECOGNISED'],
    ['a broken one', state([{ type: 'aws_instance' }]), 'IAC.STATE_MALFORMED'],
  ])('is not made of %s', async (_name, given, code) => {
    await expect(remove(given)).rejects.toMatchObject({ code });
  });
});
