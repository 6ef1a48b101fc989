import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareCase, readCase } from '../index.js';

const knowledge = openKnowledge();

type Place = (hostile: JsonValue) => JsonObject;
interface Setting {
  readonly declared: string;
  readonly actual: string;
  readonly type: string;
  readonly native: string;
  readonly id: string;
  readonly liveId: string;
  readonly code: Place;
  readonly live: Place;
}

const ARM = '/subscriptions/0/resourceGroups/g/providers/Microsoft.X/y/one';
const rules: Place = (hostile) => ({
  properties: { securityRules: hostile, x: hostile },
  tags: hostile,
});
const pods: Place = (hostile) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a', labels: hostile },
  spec: { x: hostile, template: { spec: { containers: hostile, volumes: hostile } } },
});

/** Every way in which Azure and Kubernetes are declared. */
const SETTINGS: readonly Setting[] = [
  {
    declared: 'azapi',
    actual: 'azure-resource-graph',
    type: 'Microsoft.Web/sites',
    native: 'microsoft.web/sites',
    id: ARM,
    liveId: ARM,
    code: (hostile) => ({ body: rules(hostile) }),
    live: rules,
  },
  {
    declared: 'terraform-state-attributes',
    actual: 'azure-resource-graph',
    type: 'azurerm_network_security_group',
    native: 'microsoft.network/networksecuritygroups',
    id: ARM,
    liveId: ARM,
    code: (hostile) => ({ id: ARM, security_rule: hostile, x: hostile, tags: hostile }),
    live: rules,
  },
  {
    declared: 'k8s-manifest',
    actual: 'k8s-live',
    type: 'Deployment',
    native: 'Deployment',
    id: 'apps/v1/Deployment/default/a',
    liveId: 'apps/v1/Deployment/default/a',
    code: pods,
    live: pods,
  },
  {
    declared: 'terraform-state-attributes',
    actual: 'k8s-live',
    type: 'kubernetes_deployment_v1',
    native: 'Deployment',
    id: 'default/a',
    liveId: 'apps/v1/Deployment/default/a',
    code: (hostile) => ({ metadata: [{ name: 'a' }], spec: [{ x: hostile, template: hostile }] }),
    live: pods,
  },
];

function compare(
  { declared, actual, type, native, ...rest }: Setting,
  left: JsonValue,
  right: JsonValue,
) {
  const { id, liveId, code, live } = rest;
  return compareCase(
    readCase({
      name: 'hostile',
      provider: actual === 'k8s-live' ? 'kubernetes' : 'azure',
      declared: {
        format: declared,
        resources: [{ address: id, type, id, attributes: code(left) }],
      },
      actual: {
        format: actual,
        resources: [{ type: native, id: liveId, properties: live(right) }],
      },
    }),
    knowledge,
    false,
  );
}

/** Large enough that one look at every pair would not come to an end within a test. */
const MANY = 5_000;
const list = (make: (index: number) => JsonValue): JsonValue =>
  Array.from({ length: MANY }, (_, i) => make(i));
const object = (name: (index: number) => string, make: (index: number) => JsonValue): JsonValue =>
  Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [name(i), make(i)]));
function deep(): JsonValue {
  let value: JsonValue = 'end';
  for (let level = 0; level < 50_000; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const HOSTILE: readonly (readonly [what: string, left: JsonValue, right: JsonValue])[] = [
  ['numbers moved by one', list((i) => i), list((i) => i + 1)],
  [
    'objects by name, reversed',
    list((i) => ({ name: `n${i}` })),
    list((i) => ({ name: `n${MANY - i}` })),
  ],
  ['objects without identity', list((i) => ({ a: i })), list((i) => ({ a: -i }))],
  [
    'keys in other letters',
    object(
      (i) => `Key${i}`,
      (i) => i,
    ),
    object(
      (i) => `kEY${i}`,
      (i) => i + 1,
    ),
  ],
  [
    'other keys',
    object(
      (i) => `k${i}`,
      (i) => i,
    ),
    object(
      (i) => `j${i}`,
      (i) => i,
    ),
  ],
  ['nothing but nothing', list(() => ({})), list(() => [])],
  ['long texts', 'x'.repeat(2_000_000), 'y'.repeat(2_000_000)],
  ['text of digits', '1'.repeat(100_000), '2'.repeat(100_000)],
  ['deep nesting', deep(), [deep()]],
  ['no numbers', [Number.NaN, Number.POSITIVE_INFINITY], [Number.NaN, -0]],
  [
    'keys of a prototype',
    JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":1},"toString":"x"}') as JsonValue,
    JSON.parse('{"__proto__":{"a":2},"hasOwnProperty":1,"valueOf":[]}') as JsonValue,
  ],
];

describe.each(
  SETTINGS.map((setting) => [`${setting.type} (${setting.declared})`, setting] as const),
)('hostile input: %s', (_, setting) => {
  it.each(HOSTILE)('%s', (__, left, right) => {
    const first = compare(setting, left, right);
    expect(first.missing).toEqual([]);
    expect(first.findings.length + first.not_compared.length).toBeLessThan(40_000);
    expect(({} as JsonObject).a).toBeUndefined();
  });
});
