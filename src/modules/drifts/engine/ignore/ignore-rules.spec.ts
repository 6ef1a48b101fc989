import { describe, expect, it } from '@jest/globals';
import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
} from '../../../../core/providers/index.js';
import { NO_SCOPE } from '../../../../core/providers/index.js';
import { DriftDetector, NO_KNOWLEDGE, type Detection } from '../index.js';
import { ignoreRule, type IgnoreRule } from './ignore-rule.js';

const provider = 'other' as const;

function declared(attributes: JsonObject): DeclaredResource {
  return {
    address: 'module.shop.thing.web',
    type: 'thing',
    format: 'terraform-state-attributes',
    provider,
    id: 'web',
    name: null,
    attributes,
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'shop.tfstate', line: 3 },
    contentHash: null,
  };
}

function actual(properties: JsonObject, id = 'web'): ActualResource {
  return {
    type: 'thing',
    format: 'terraform-attributes',
    provider,
    id,
    aliases: [],
    name: null,
    properties,
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}

function run(rules: IgnoreRule[], ours: DeclaredResource[], live: ActualResource[]) {
  const detector = new DriftDetector({
    declared: ours,
    knowledge: NO_KNOWLEDGE,
    options: { ignoreRules: rules },
  });
  for (const resource of live) detector.observe(resource);
  const coverage = {
    provider,
    type: 'thing',
    accountId: null,
    region: null,
    status: 'complete' as const,
    resources: live.length,
    pages: 1,
    message: null,
  };
  const detections: Detection[] = [...detector.finish([coverage])];
  const unused = detector.unusedIgnoreRules().map((rule) => rule.name);
  const paths = detections.flatMap((one) =>
    one.kind === 'compared' ? one.report.findings.map((f) => f.path) : [],
  );
  return { detections, paths, unused };
}

const rule = (given: Partial<IgnoreRule>): IgnoreRule =>
  ignoreRule({ name: 'known', origin: 'rules.yaml:1', ...given });
const ours = () => [
  declared({ id: 'web', size: 1, net: { port: 80, host: 'a' }, tags: { team: 'shop' } }),
];
const live = () => [
  actual({ id: 'web', size: 2, net: { port: 81, host: 'b' }, tags: { team: 'shop' } }),
];

describe('ignore rules', () => {
  it('say nothing when there are none', () => {
    expect(run([], ours(), live()).paths).toEqual(['size', 'net.port', 'net.host']);
  });

  it.each<[string, Partial<IgnoreRule>]>([
    ['by path', { paths: ['net.*'] }],
    ['by type', { types: ['thi*'], paths: ['net'] }],
    ['by address', { addresses: ['module.shop.*'], paths: ['/net/port', 'net.host'] }],
    ['by tag', { tags: { team: 'sh*' }, paths: ['net'] }],
    ['by cloud', { providers: ['other'], paths: ['**.port', '**.host'] }],
  ])('silence %s, naming themselves', (_, given) => {
    const { detections, paths, unused } = run([rule(given)], ours(), live());
    expect(paths).toEqual(['size']);
    expect(unused).toEqual([]);
    const [compared] = detections;
    const suppressed = compared?.kind === 'compared' ? compared.report.suppressed : [];
    expect(new Set(suppressed.map((entry) => entry.rule))).toEqual(new Set(['ignore:known']));
  });

  it.each<[string, Partial<IgnoreRule>]>([
    ['another type', { types: ['other_thing'] }],
    ['another address', { addresses: ['module.bank.*'] }],
    ['another tag', { tags: { team: 'bank' } }],
    ['another cloud', { providers: ['aws'] }],
    ['a path that does not differ', { paths: ['id'] }],
  ])('that name %s change nothing and are reported as unused', (_, given) => {
    const { paths, unused } = run([rule(given)], ours(), live());
    expect(paths).toHaveLength(3);
    expect(unused).toEqual(['known']);
  });

  it('may choose an element of a list by one of its fields', () => {
    const list = (port: number) => [
      { name: 'a', port },
      { name: 'b', port },
    ];
    const chosen = run(
      [rule({ paths: ['list[name=b].port'] })],
      [declared({ id: 'web', list: list(1) })],
      [actual({ id: 'web', list: list(2).reverse() })],
    );
    expect(chosen.paths).toEqual(['list[0].port']);
    expect(run([rule({ paths: ['net[host=a]'] })], ours(), live()).unused).toEqual(['known']);
  });

  it('can be taken back for a field', () => {
    const rules = [rule({}), rule({ name: 'but', paths: ['net.port'], negated: true })];
    expect(run(rules, ours(), live()).paths).toEqual(['net.port']);
  });

  it('silence a lost resource and an unmanaged one only when they say the whole of it', () => {
    const whole = run([rule({ types: ['thing'] })], ours(), [actual({}, 'stray')]);
    expect(whole.detections.map((one) => one.kind)).toEqual(['unread', 'unmanaged']);
    expect(whole.detections[1]).toMatchObject({ classification: { class: 'ignored' } });
    const part = run([rule({ paths: ['size'] })], ours(), [actual({}, 'stray')]);
    expect(part.detections.map((one) => one.kind)).toEqual(['missing', 'unmanaged']);
    expect(part.detections[1]).toMatchObject({ classification: { class: 'unmanaged' } });
  });

  it('know a resource no code declares by the Terraform type of its kind, and not by that of a part', () => {
    const catalogue = {
      aws_s3_bucket: ['AWS::S3::Bucket'],
      aws_s3_bucket_acl: ['AWS::S3::Bucket'],
    };
    const knowledge = {
      load: (name: string) => (name === 'aws/terraform-types' ? catalogue : null),
    };
    const classOf = (type: string) => {
      const options = { ignoreRules: [rule({ types: [type], ids: ['tmp-*'] })] };
      const detector = new DriftDetector({ declared: [], knowledge, options });
      detector.observe({ ...actual({}, 'tmp-1'), provider: 'aws', type: 'AWS::S3::Bucket' });
      const [found] = detector.finish([]);
      return found?.kind === 'unmanaged' ? found.classification.class : undefined;
    };
    expect(classOf('aws_s3_bucket')).toBe('ignored');
    expect(classOf('aws_s3_*')).toBe('ignored');
    expect(classOf('AWS::S3::Bucket')).toBe('ignored');
    expect(classOf('aws_s3_bucket_acl')).toBe('unmanaged');
  });

  it('may stand on the declared resource, never only on the live one', () => {
    const note = { 'driftguard:ignore': 'size, net' };
    const annotated = [declared({ id: 'web', size: 1, net: { port: 80 }, tags: note })];
    const quiet = run([], annotated, [
      actual({ id: 'web', size: 2, net: { port: 81 }, tags: note }),
    ]);
    expect(quiet.paths).toEqual([]);
    const hidden = run(
      [],
      [declared({ id: 'web', size: 1 })],
      [actual({ id: 'web', size: 2, tags: note })],
    );
    expect(hidden.paths).toContain('size');
  });
});
