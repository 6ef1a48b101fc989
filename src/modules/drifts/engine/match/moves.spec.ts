import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { DriftDetector, type Detection, type DetectorInput } from '../detect.js';
import { NO_KNOWLEDGE } from '../knowledge.js';
import { fieldOf } from '../testing/rule-on.js';

const { declared: template, actual: liveTemplate } = fieldOf({ type: 'AWS::SQS::Queue' }).pair;
const queue = (address: string, id: string | null, attributes: JsonObject = {}) => ({
  ...template,
  address,
  id,
  name: 'orders',
  attributes,
});
const live = (id: string, properties: JsonObject = {}) => ({
  ...liveTemplate,
  id,
  name: 'orders',
  properties,
});

function detect(input: Partial<DetectorInput>, ...actual: (typeof liveTemplate)[]): Detection[] {
  const detector = new DriftDetector({ declared: [], knowledge: NO_KNOWLEDGE, ...input });
  for (const one of actual) detector.observe(one);
  return [...detector.finish([])];
}
function wholes(detections: readonly Detection[]) {
  return detections.flatMap((detection) =>
    detection.kind === 'compared'
      ? detection.report.findings
          .filter(({ rule }) => rule?.startsWith('moved') === true || rule === 'replaced-object')
          .map(({ rule, declared, actual, change }) => ({ rule, declared, actual, change }))
      : [],
  );
}

describe('moved resources', () => {
  it('are told by the code', () => {
    const moved = { ...queue('b', 'q-1'), previousAddress: 'a' };
    expect(wholes(detect({ declared: [moved] }, live('q-1')))).toEqual([
      { rule: 'moved-block', declared: 'b', actual: 'a', change: 'moved' },
    ]);
    expect(wholes(detect({ declared: [queue('b', 'q-1')] }, live('q-1')))).toEqual([]);
  });

  it('are told by the code even when nobody looked', () => {
    const moved = { ...queue('b', 'q-1'), previousAddress: 'a' };
    expect(detect({ declared: [moved] })).toMatchObject([
      { kind: 'unread', move: { change: 'moved', actual: 'a' } },
    ]);
  });

  it('are recognised by the identity the last scan saw', () => {
    const previous = new Map([['a', 'Q-1']]);
    expect(wholes(detect({ declared: [queue('b', 'q-1')], previous }, live('q-1')))).toEqual([
      { rule: 'moved-identity', declared: 'b', actual: 'a', change: 'moved' },
    ]);
  });

  it('are not mistaken for a part that has the same id', () => {
    const bucket = { ...queue('aws_s3_bucket.b', 'q-1'), type: 'aws_s3_bucket' };
    const previous = new Map([
      ['aws_s3_bucket_policy.a', 'q-1'],
      ['module.x["y.z"].aws_s3_bucket.a[0]', 'q-1'],
    ]);
    const s3 = { ...live('q-1'), type: 'aws_s3_bucket' };
    expect(
      wholes(detect({ declared: [bucket], previous }, s3)).map(({ actual }) => actual),
    ).toEqual(['module.x["y.z"].aws_s3_bucket.a[0]']);
  });

  it('are no move while the old address is still declared', () => {
    const previous = new Map([['a', 'q-1']]);
    const both = [queue('a', 'q-1'), queue('b', 'q-1')];
    expect(wholes(detect({ declared: both, previous }, live('q-1')))).toEqual([]);
    const known = new Map([...previous, ['b', 'q-1']]);
    expect(wholes(detect({ declared: [queue('b', 'q-1')], previous: known }, live('q-1')))).toEqual(
      [],
    );
  });
});

describe('replaced resources', () => {
  const [old, made] = ['sg-0a1b2c3d4e5f60718', 'sg-0ffffffffffffffff'];

  it('carry the same name and another drawn identity', () => {
    expect(wholes(detect({ declared: [queue('a', old)] }, live(made)))).toEqual([
      { rule: 'replaced-object', declared: old, actual: made, change: 'modified' },
    ]);
    expect(wholes(detect({ declared: [queue('a', old)] }, live(old)))).toEqual([]);
  });

  it('are told by the uid of a Kubernetes object', () => {
    const uid = (id: string) => ({ metadata: [{ uid: id }] });
    const [one, two] = [
      '8f4a1b2c-1111-4222-8333-0123456789ab',
      '9f4a1b2c-1111-4222-8333-0123456789ab',
    ];
    const declared = [queue('a', null, uid(one))];
    expect(wholes(detect({ declared }, live('orders', { metadata: { uid: two } })))).toHaveLength(
      1,
    );
    expect(wholes(detect({ declared }, live('orders', { metadata: { uid: one } })))).toEqual([]);
  });

  it('are no surprise when the code replaced them', () => {
    const previous = new Map([['a', old]]);
    expect(wholes(detect({ declared: [queue('a', made)], previous }, live(made)))).toEqual([]);
  });

  it('are not concluded from names or paths', () => {
    expect(wholes(detect({ declared: [queue('a', 'orders-old')] }, live('orders-new')))).toEqual(
      [],
    );
    expect(wholes(detect({ declared: [queue('a', old)] }, live('i-0a1b2c3d4e5f60718')))).toEqual(
      [],
    );
  });
});

describe('objects made anew under the same name and id', () => {
  const role = (createDate: string): typeof template => ({
    ...queue('a', 'app', { create_date: createDate }),
    format: 'terraform-state-attributes',
  });
  const found = (at: string) =>
    wholes(
      detect(
        { declared: [role('2026-01-01T00:00:00Z')] },
        live('app', { createDate: at, roleName: 'app' }),
      ),
    ).map(({ rule }) => rule);

  it('are told by the time they were created', () => {
    expect(found('2026-03-01T09:00:00.000Z')).toEqual(['replaced-object']);
  });

  it('are no others because one API rounds, or knows no zone', () => {
    expect(found('2026-01-01T00:00:41.734Z')).toEqual([]);
    expect(found('2025-12-31T23:59:59+00:00')).toEqual([]);
    expect(found('2026-03-01 09:00:00')).toEqual([]);
  });
});

it('a renamed object is found by the identity it keeps', () => {
  const [only, ...rest] = detect(
    {
      declared: [
        { ...queue('a', 'old', { unique_id: 'AROAIOSFODNN7EXAMPLE0', name: 'old' }), name: 'old' },
      ],
    },
    {
      ...live('AROAIOSFODNN7EXAMPLE0', { name: 'new', unique_id: 'AROAIOSFODNN7EXAMPLE0' }),
      name: 'new',
    },
  );
  expect(only).toMatchObject({
    kind: 'compared',
    report: {
      findings: [
        {
          path: 'name',
          change: 'modified',
          rule: 'renamed-object',
          explanation:
            'The same object (AROAIOSFODNN7EXAMPLE0) is called new now; the code calls it old.',
        },
      ],
    },
  });
  expect(rest).toEqual([]);
});

it('a name that differs is no rename where the name is the identity', () => {
  const [only] = detect(
    { declared: [queue('a', 'orders-7', { name: 'orders' })] },
    live('orders-7', { name: 'other' }),
  );
  expect(only).toMatchObject({ report: { findings: [{ path: 'name', rule: null }] } });
});
