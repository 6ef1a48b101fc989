import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  NO_SCOPE,
  type ActualFormat,
  type ActualResource,
  type DeclaredFormat,
  type DeclaredResource,
  type JsonObject,
  type JsonValue,
} from '../../../core/providers/index.js';
import { DriftDetector, NO_KNOWLEDGE, type Detection } from './index.js';

type Formats = readonly [DeclaredFormat, ActualFormat, string];
const SAME: Formats = ['terraform-state-attributes', 'terraform-attributes', 'aws_thing'];
const FORMATS: readonly Formats[] = [
  SAME,
  ['terraform-state-attributes', 'aws-config', 'aws_security_group'],
  ['cfn-properties', 'aws-cloudcontrol', 'AWS::S3::Bucket'],
  ['azapi', 'azure-resource-graph', 'Microsoft.Web/sites'],
  ['terraform-hcl-json', 'gcp-cai', 'google_storage_bucket'],
  ['k8s-manifest', 'k8s-live', 'Deployment'],
];

/** Both sides use the same words, so equal bodies are equal. */
const SAME_WORDS: readonly ActualFormat[] = [
  'terraform-attributes',
  'aws-cloudcontrol',
  'azure-resource-graph',
];

function declaredOf(
  attributes: JsonObject,
  [format, , type]: Formats,
  name = 'one',
): DeclaredResource {
  const id = format === 'k8s-manifest' ? `apps/v1/${type}/shop/${name}` : name;
  return {
    address: id,
    type,
    format,
    provider: 'other',
    id,
    name,
    attributes,
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'spec', line: null },
    contentHash: null,
  };
}

function actualOf(properties: JsonObject, [, format, type]: Formats, name = 'one'): ActualResource {
  return {
    type,
    format,
    provider: 'other',
    id: format === 'k8s-live' ? `apps/v1/${type}/shop/${name}` : name,
    aliases: [],
    name,
    properties,
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}

function detect(
  declared: readonly DeclaredResource[],
  actual: readonly ActualResource[],
): Detection[] {
  const detector = new DriftDetector({ declared, knowledge: NO_KNOWLEDGE });
  for (const resource of actual) detector.observe(resource);
  return [...detector.finish([])];
}

/** What was found, without the objects themselves, in an order of its own. */
function summary(detections: readonly Detection[]): string[] {
  return detections
    .flatMap((one) => {
      if (one.kind === 'unmanaged') return [`unmanaged ${one.actual.id}`];
      if (one.kind !== 'compared') return [`${one.kind} ${one.declared?.address}`];
      return one.report.findings.map(
        ({ address, path, verdict, change }) => `${address} ${path} ${verdict} ${change}`,
      );
    })
    .sort();
}

function reversedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversedKeys(inner)]),
  );
}

function freeze(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

const key = fc.oneof(
  fc.constantFrom(
    'tags',
    'Name',
    'id',
    'spec',
    'replicas',
    'policy',
    '__proto__',
    'constructor',
    'Statement',
    'labels',
  ),
  fc.string({ maxLength: 8 }),
);
const { body } = fc.letrec<{ value: JsonValue; body: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      '',
      'true',
      '1',
      '{"a":1}',
      '0.0.0.0/0',
      'arn:aws:iam::1:root',
    ),
    fc.integer(),
    fc.double(),
    fc.string({ maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('body'),
  ),
  body: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
}));
const format = fc.constantFrom(...FORMATS);

describe('engine', () => {
  it('finds nothing confirmed between a body and itself', () => {
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(...FORMATS.filter(([, actual]) => SAME_WORDS.includes(actual))),
        (content, formats) => {
          const found = detect(
            [declaredOf(content, formats)],
            [actualOf(structuredClone(content), formats)],
          );
          expect(summary(found).filter((line) => line.includes(' confirmed '))).toEqual([]);
        },
      ),
    );
  });

  it('says the same whatever the order of keys and resources', () => {
    fc.assert(
      fc.property(body, body, format, (left, right, formats) => {
        const names = ['one', 'two', 'three'];
        const declared = names.map((name) => declaredOf(left, formats, name));
        const actual = names.map((name) => actualOf(right, formats, name));
        const turned = actual
          .map((resource) => ({ ...resource, properties: reversedKeys(right) as JsonObject }))
          .reverse();
        const straight = summary(detect(declared, actual));
        expect(summary(detect(declared, actual))).toEqual(straight);
        expect(summary(detect([...declared].reverse(), turned))).toEqual(straight);
      }),
    );
  });

  it('never changes what it is given and never throws', () => {
    fc.assert(
      fc.property(body, body, format, (left, right, formats) => {
        freeze(left);
        freeze(right);
        expect(() => detect([declaredOf(left, formats)], [actualOf(right, formats)])).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('survives nesting no document has', () => {
    let deep: JsonValue = 'end';
    for (let level = 0; level < 200_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
    for (const formats of FORMATS) {
      const found = detect([declaredOf({ a: deep }, formats)], [actualOf({ a: [deep] }, formats)]);
      expect(found.filter((one) => one.kind !== 'unmanaged')).toHaveLength(1);
    }
  });

  it('survives a million elements and says so in one finding', () => {
    const numbers = Array.from({ length: 1_000_000 }, (_, index) => index);
    const shifted = numbers.map((one) => one + 1_000_000);
    const [compared] = detect(
      [declaredOf({ list: numbers }, SAME)],
      [actualOf({ list: shifted }, SAME)],
    );
    const findings = compared?.kind === 'compared' ? compared.report.findings : [];
    expect(findings.map(({ path, rule }) => [path, rule])).toEqual([['list', 'long-list']]);
  });

  it('lists what rules silenced when asked to be strict', () => {
    const run = (strict: boolean) => {
      const detector = new DriftDetector({
        declared: [declaredOf({ port: 80 }, SAME)],
        knowledge: NO_KNOWLEDGE,
        options: { strict },
      });
      detector.observe(actualOf({ port: '80' }, SAME));
      const [compared] = detector.finish([]);
      return compared?.kind === 'compared' ? compared.report.findings : [];
    };
    expect(run(false)).toEqual([]);
    expect(run(true)).toEqual([
      expect.objectContaining({ path: 'port', verdict: 'potential', rule: 'scalar-spelling' }),
    ]);
  });
});
