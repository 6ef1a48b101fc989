import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../../../core/errors/index.js';
import type { JsonObject } from '../../../../core/providers/index.js';
import { documentOf, parse, parseOne, recordsOf } from '../testdata/documents.js';
import { pretty, state, stateResource } from '../testdata/terraform.js';

function one(...instances: JsonObject[]): string {
  return pretty(state([stateResource({}, ...instances)]));
}

describe('Terraform state', () => {
  it('reads a resource with what its attributes say about it', async () => {
    const arn = 'arn:aws:sqs:eu-west-1:111122223333:orders';
    const attributes = { arn, id: 'https://sqs/orders', name: 'orders', fifo_queue: false };
    const text = pretty(
      state([stateResource({ type: 'aws_sqs_queue', name: 'orders' }, { attributes })]),
    );
    expect(await parseOne(text)).toMatchObject({
      address: 'aws_sqs_queue.orders',
      type: 'aws_sqs_queue',
      format: 'terraform-state-attributes',
      provider: 'aws',
      id: 'https://sqs/orders',
      name: 'orders',
      attributes,
      previousAddress: null,
      ignoredPaths: [],
      scope: { accountId: '111122223333', region: 'eu-west-1', namespace: null },
      location: { file: 'file', line: 8 },
    });
  });

  it('addresses instances of count, for_each and modules as Terraform does', async () => {
    const { resources } = await parse(
      pretty(
        state([
          stateResource(
            { module: 'module.a["x"].module.b[1]' },
            { index_key: 0, attributes: { id: '0' } },
            { index_key: 'k"ey.${x}', attributes: { id: 'k' } },
          ),
        ]),
      ),
    );
    expect(resources.map(({ address }) => address)).toEqual([
      'module.a["x"].module.b[1].aws_s3_bucket.logs[0]',
      'module.a["x"].module.b[1].aws_s3_bucket.logs["k\\"ey.$${x}"]',
    ]);
  });

  it('counts data sources and leaves them out', async () => {
    const { resources, notices } = await parse(
      pretty(state([stateResource({ mode: 'data' }), stateResource()])),
    );
    expect(resources).toHaveLength(1);
    expect(notices).toMatchObject([{ code: 'STATE.DATA_SOURCES', level: 'info' }]);
    expect(notices[0]?.message).toContain('1 data source is only read');
  });

  it('says what is tainted or deposed, and compares only what is in use', async () => {
    const { resources, notices } = await parse(
      one(
        { status: 'tainted', attributes: { id: 'new' } },
        { deposed: '0a1b2c3d', attributes: { id: 'old' } },
      ),
    );
    expect(resources.map(({ id }) => id)).toEqual(['new']);
    expect(notices.map(({ code, address }) => [code, address])).toEqual([
      ['STATE.TAINTED', 'aws_s3_bucket.logs'],
      ['STATE.DEPOSED', 'aws_s3_bucket.logs'],
    ]);
  });

  it('keeps the places of secrets', async () => {
    const sensitive_attributes = [
      [{ type: 'get_attr', value: 'password' }],
      [
        { type: 'get_attr', value: 'env' },
        { type: 'index', value: { value: 0, type: 'number' } },
        { type: 'get_attr', value: 'value' },
      ],
      [
        { type: 'get_attr', value: 'tags' },
        { type: 'index', value: { value: 'a/b', type: 'string' } },
      ],
    ];
    const resource = await parseOne(one({ attributes: { id: 'x' }, sensitive_attributes }));
    expect(resource.sensitivePaths).toEqual(['password', 'env[0].value', 'tags["a/b"]']);
  });

  it('unwraps dynamic values, but not blocks that merely look like them', async () => {
    const attributes = {
      id: 'x',
      input: { value: { a: [1] }, type: ['object', { a: ['list', 'number'] }] },
      text: { value: 'v', type: 'string' },
      block: { value: 'v', type: 'String' },
    };
    const resource = await parseOne(one({ attributes }));
    expect(resource.attributes).toEqual({
      id: 'x',
      input: { a: [1] },
      text: 'v',
      block: { value: 'v', type: 'String' },
    });
  });

  it('expands attributes that Terraform 0.11 left flat', async () => {
    const attributes_flat = {
      id: 'sg-1',
      'tags.%': '1',
      'tags.a.b': 'c',
      'ingress.#': '2',
      'ingress.4234.from_port': '80',
      'ingress.4234.cidr_blocks.#': '1',
      'ingress.4234.cidr_blocks.0': '10.0.0.0/8',
      'ingress.77.from_port': '443',
    };
    const { resources, notices } = await parse(one({ attributes_flat }));
    expect(resources[0]?.attributes).toEqual({
      id: 'sg-1',
      tags: { 'a.b': 'c' },
      ingress: [{ from_port: '443' }, { from_port: '80', cidr_blocks: ['10.0.0.0/8'] }],
    });
    expect(notices).toMatchObject([{ code: 'STATE.LEGACY_ATTRIBUTES' }]);
  });

  it('keeps integers beyond 2^53 exact, as text', async () => {
    const text = one({ attributes: { id: 'x', big: 'BIG', small: 7 } }).replace(
      '"BIG"',
      '12345678901234567890',
    );
    const resource = await parseOne(text);
    expect(resource.attributes).toEqual({ id: 'x', big: '12345678901234567890', small: 7 });
  });

  it('drops prototype keys', async () => {
    const text = one({ attributes: { id: 'x', proto: 1 } }).replace('"proto"', '"__proto__"');
    const resource = await parseOne(text);
    expect(Object.keys(resource.attributes)).toEqual(['id']);
  });

  it('takes the identifier from the resource identity where there is no id', async () => {
    const identity = { account_id: '111122223333', region: 'eu-west-1', arn: 'arn:aws:x' };
    const resource = await parseOne(one({ attributes: { id: null }, identity }));
    expect(resource).toMatchObject({
      id: 'arn:aws:x',
      scope: { accountId: '111122223333', region: 'eu-west-1' },
    });
  });

  it('hashes the bytes of a resource, and only those', async () => {
    const [first, second] = [stateResource(), stateResource({ name: 'other' })];
    const hash = async (resources: JsonObject[]): Promise<(string | null)[]> =>
      (await parse(pretty(state(resources)))).resources.map(({ contentHash }) => contentHash);
    const [a, b] = await hash([first, second]);
    expect(await hash([second, first])).toEqual([b, a]);
    expect(a).toMatch(/^[0-9a-f]{16}$/);
    expect(a).not.toBe(b);
  });

  it('reads a state whose keys were sorted, and one that is empty', async () => {
    const { version, ...rest } = state([stateResource()]);
    expect((await parse(JSON.stringify({ ...rest, version }))).resources).toHaveLength(1);
    expect((await parse(pretty(state([])))).notices).toMatchObject([{ code: 'STATE.EMPTY' }]);
    expect((await parse('{"version":4,"serial":1}')).resources).toEqual([]);
  });
});

describe('streaming', () => {
  const jsonValue = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', '\n', 'é', '😀') }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'resources', '}'), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const layouts = fc.constantFrom<((value: unknown) => string)[]>(
    (value) => JSON.stringify(value, null, 2),
    (value) => JSON.stringify(value),
    (value) => JSON.stringify(value, null, '\t'),
    (value) => JSON.stringify(value, null, 1).replaceAll('\n', '\r\n'),
    // One resource a line, indented like a pretty-printed one.
    (value) => JSON.stringify(value).replaceAll('{"mode"', '\n    {"mode"'),
  );

  it('says the same in chunks of any size and any layout', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.constantFrom('x', 'y', 'z'), jsonValue), { maxLength: 4 }),
        jsonValue,
        layouts,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        async (bodies, output, layout, sizes) => {
          const resources = bodies.map((attributes, index) =>
            stateResource({ name: `r${index}` }, { attributes: attributes as JsonObject }),
          );
          const text = layout(state(resources, { outputs: { o: output } as JsonObject }));
          const streamed = await recordsOf(documentOf(text, 'file', sizes));
          const found = streamed.flatMap((record) =>
            record.kind === 'declared'
              ? [[record.resource.address, record.resource.attributes]]
              : [],
          );
          const wanted = bodies.map((body, index) => [`aws_s3_bucket.r${index}`, body]);
          expect(found).toEqual(JSON.parse(JSON.stringify(wanted)));
          expect(streamed).toEqual(await recordsOf(documentOf(text)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('answers damaged states with a DomainError or with records, never otherwise', async () => {
    const text = pretty(
      state([stateResource(), stateResource({ name: 'b' }, { attributes: { a: '\\"}', n: [1] } })]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.constantFrom('', '"', '{', '}', ']', '\\', '\n    }', '\u0000', 'null', 'é'),
        fc.nat(12),
        fc.integer({ min: 1, max: 64 }),
        async (at, inserted, removed, size) => {
          const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
          const outcome = await recordsOf(documentOf(damaged, 'file', [size])).catch(
            (error: unknown) => error,
          );
          expect(outcome instanceof DomainError || Array.isArray(outcome)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses a resource beyond the limit', async () => {
    const text = one({ attributes: { id: 'x'.repeat(5000) } });
    await expect(parse(text, { maxResourceBytes: 1000 })).rejects.toMatchObject({
      code: 'IAC.RESOURCE_TOO_LARGE',
      details: { file: 'file', line: 8 },
    });
  });
});
