import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { parse as parseAll } from '../testdata/documents.js';

const AWS = 'registry.terraform.io/hashicorp/aws';

/** Every plan says what its refresh found; only one test is about that. */
async function parse(...input: Parameters<typeof parseAll>): ReturnType<typeof parseAll> {
  const parsed = await parseAll(...input);
  return { ...parsed, notices: parsed.notices.filter(({ code }) => code !== 'PLAN.REFRESHED') };
}

function shown(address: string, values: JsonObject, fields: JsonObject = {}): JsonObject {
  const [type = '', name = ''] = address.split('.');
  const common = { address, mode: 'managed', type, name, provider_name: AWS };
  return { ...common, values, sensitive_values: {}, ...fields };
}

function change(
  address: string,
  before: JsonObject | null,
  after: JsonObject | null,
  fields: JsonObject = {},
  changeFields: JsonObject = {},
): JsonObject {
  const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update'];
  const { values: _values, ...resource } = shown(address, {});
  const masks = { after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  return { ...resource, change: { actions, before, after, ...masks, ...changeFields }, ...fields };
}

function plan(fields: JsonObject, ...prior: JsonObject[]): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    prior_state: { format_version: '1.0', values: { root_module: { resources: prior } } },
    timestamp: '2026-03-01T10:00:00Z',
    complete: true,
    errored: false,
    ...fields,
  });
}

describe('shown state', () => {
  it('reads modules at any depth, with masks and conditions', async () => {
    const inner = shown('module.a.module.b["x"].aws_sqs_queue.q', {
      id: 'q',
      key: 's',
      list: ['a'],
    });
    const { resources, notices } = await parse(
      JSON.stringify({
        format_version: '1.0',
        values: {
          root_module: {
            resources: [
              shown('aws_s3_bucket.logs', { id: 'logs' }, { tainted: true }),
              shown('aws_s3_bucket.logs', { id: 'old' }, { deposed_key: '0a1b2c3d' }),
              shown('data.aws_region.here', {}, { mode: 'data' }),
            ],
            child_modules: [
              {
                address: 'module.a',
                child_modules: [
                  {
                    resources: [
                      { ...inner, sensitive_values: { key: true, list: [true], id: false } },
                    ],
                  },
                ],
              },
            ],
          },
        },
      }),
    );
    expect(resources.map(({ address, id }) => [address, id])).toEqual([
      ['aws_s3_bucket.logs', 'logs'],
      ['module.a.module.b["x"].aws_sqs_queue.q', 'q'],
    ]);
    expect(resources[1]?.sensitivePaths).toEqual(['key', 'list[0]']);
    expect(notices.map(({ code }) => code)).toEqual([
      'STATE.TAINTED',
      'STATE.DEPOSED',
      'STATE.DATA_SOURCES',
    ]);
  });

  it('takes an empty state for what it is', async () => {
    const { resources, notices } = await parse('{"format_version":"1.0"}');
    expect(resources).toEqual([]);
    expect(notices).toMatchObject([{ code: 'STATE.EMPTY' }]);
  });
});

describe('plan', () => {
  it('declares what was last applied, and gives what the refresh found beside it', async () => {
    const { resources, refreshed, notices } = await parse(
      plan(
        {
          resource_drift: [
            change(
              'aws_sqs_queue.a',
              { id: 'a', delay: 0, key: 's' },
              { id: 'a', delay: 9, key: 't', arn: 'arn:a', tags: { x: '1' } },
              {},
              { before_sensitive: { key: true }, after_sensitive: { key: true, arn: true } },
            ),
          ],
        },
        shown('aws_sqs_queue.a', { id: 'a', delay: 9 }),
        shown('aws_sqs_queue.b', { id: 'b' }),
      ),
    );
    expect(resources.map(({ address, attributes }) => [address, attributes])).toEqual([
      ['aws_sqs_queue.a', { id: 'a', delay: 0, key: 's' }],
      ['aws_sqs_queue.b', { id: 'b' }],
    ]);
    expect(resources[0]?.sensitivePaths).toEqual(['key', 'arn']);
    expect(refreshed).toMatchObject([
      {
        address: 'aws_sqs_queue.a',
        actual: {
          type: 'aws_sqs_queue',
          format: 'terraform-attributes',
          id: 'a',
          aliases: ['arn:a'],
          properties: { delay: 9 },
          tags: { x: '1' },
          capturedAt: '2026-03-01T10:00:00Z',
        },
      },
    ]);
    expect(notices).toEqual([]);
  });

  it('reports what was deleted as gone, although the prior state no longer has it', async () => {
    const before = { id: 'a', arn: 'arn:a' };
    const { resources, refreshed, notices } = await parse(
      plan({
        resource_drift: [change('aws_sqs_queue.a', before, null)],
        resource_changes: [
          change('aws_sqs_queue.a', null, {}, {}, { after_unknown: { id: true, arn: true } }),
        ],
      }),
    );
    expect(resources).toMatchObject([{ address: 'aws_sqs_queue.a', attributes: before }]);
    expect(refreshed).toMatchObject([{ address: 'aws_sqs_queue.a', actual: null }]);
    expect(notices).toEqual([]);
  });

  it('keeps the address a resource had before, drifted or not', async () => {
    const moved = { previous_address: 'aws_sqs_queue.old' };
    const { resources, refreshed } = await parse(
      plan(
        {
          resource_drift: [
            change('aws_sqs_queue.a', { id: 'a' }, { id: 'a' }, moved, { actions: ['no-op'] }),
          ],
          resource_changes: [
            change(
              'aws_sqs_queue.b',
              { id: 'b' },
              { id: 'b' },
              { previous_address: 'aws_sqs_queue.c' },
              { actions: ['no-op'] },
            ),
          ],
        },
        shown('aws_sqs_queue.a', { id: 'a' }),
        shown('aws_sqs_queue.b', { id: 'b' }),
      ),
    );
    expect(resources.map(({ previousAddress }) => previousAddress)).toEqual([
      'aws_sqs_queue.old',
      'aws_sqs_queue.c',
    ]);
    expect(refreshed).toMatchObject([{ previousAddress: 'aws_sqs_queue.old' }]);
  });

  it('tells changes that were never applied from drift', async () => {
    const live = { id: 'a', delay: 9, size: 1 };
    const { notices, refreshed } = await parse(
      plan(
        {
          resource_drift: [
            change('aws_sqs_queue.a', { ...live, delay: 0 }, live),
            change('aws_sqs_queue.b', { ...live, delay: 0 }, live),
          ],
          resource_changes: [
            // Puts the drift right, nothing else.
            change('aws_sqs_queue.a', live, { ...live, delay: 0 }),
            // Puts the drift right and brings a commit with it.
            change('aws_sqs_queue.b', live, { ...live, delay: 0, size: 2 }),
            change('aws_sqs_queue.new', null, { size: 1 }),
            change('aws_sqs_queue.gone', live, null),
            change('aws_sqs_queue.same', live, live, {}, { actions: ['no-op'] }),
            change('aws_sqs_queue.found', live, live, {}, { importing: { id: 'a' } }),
          ],
        },
        shown('aws_sqs_queue.a', live),
        shown('aws_sqs_queue.b', live),
      ),
    );
    expect(refreshed).toHaveLength(2);
    expect(notices.map(({ code, address }) => [code, address])).toEqual([
      ['PLAN.UNAPPLIED_CHANGE', 'aws_sqs_queue.b'],
      ['PLAN.UNAPPLIED_CHANGE', 'aws_sqs_queue.new'],
      ['PLAN.UNAPPLIED_CHANGE', 'aws_sqs_queue.gone'],
      ['PLAN.PENDING_IMPORT', 'aws_sqs_queue.found'],
    ]);
    expect(notices[0]?.message).toContain('(update: size)');
  });

  it.each<[string, JsonObject, string]>([
    ['errored', { errored: true, complete: false }, 'PLAN.ERRORED'],
    ['incomplete', { complete: false }, 'PLAN.INCOMPLETE'],
    ['without drift data', { format_version: '0.1' }, 'PLAN.NO_DRIFT_DATA'],
    [
      'with deferred changes',
      {
        deferred_changes: [
          { reason: 'absent_prereq', resource_change: change('aws_sqs_queue.a', null, {}) },
        ],
      },
      'PLAN.DEFERRED_CHANGE',
    ],
  ])('warns of a plan that is %s', async (_what, fields, code) => {
    expect((await parse(plan(fields))).notices).toMatchObject([{ code, level: 'warning' }]);
  });

  it('falls back on what the changes start from when there is no prior state', async () => {
    const text = JSON.stringify({
      plan_format_version: '1.1',
      resource_drift: [],
      resource_changes: [change('aws_sqs_queue.a', { id: 'a' }, { id: 'a' })],
    });
    expect((await parse(text)).resources).toMatchObject([{ address: 'aws_sqs_queue.a', id: 'a' }]);
  });

  it('says what the refresh found, so that a plan without drift is no source that nobody compared', async () => {
    const drift = change('aws_sqs_queue.a', { id: 'a', d: 1 }, { id: 'a', d: 2 });
    const moved = change('aws_sqs_queue.b', { id: 'b' }, { id: 'b' }, {}, { actions: ['no-op'] });
    const said = async (...found: JsonObject[]) => {
      const { notices } = await parseAll(plan({ resource_drift: found }));
      return notices.find(({ code }) => code === 'PLAN.REFRESHED')?.message;
    };
    expect(await said()).toMatch(/found nothing changed/);
    expect(await said(drift, moved)).toMatch(/found 1 changed object\./);
  });
});
