import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { compareCase, readCase } from '../engine/index.js';
import { openKnowledge } from './knowledge-shelf.js';

/**
 * A resource of hashicorp/kubernetes as its state holds it (what the code leaves out is zero or empty there) and the object
 * the API server answers with its defaults, written from the provider's documentation and the Kubernetes API reference.
 */
interface Twin {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly live: {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  } & JsonObject;
}

const knowledge = openKnowledge();
const folder = path.join(import.meta.dirname, 'testdata/kubernetes-terraform');
const twins = readdirSync(folder)
  .sort()
  .flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Twin[]);

/** The object's name is how it is found; the rest is the provider's or the server's own. */
const NOT_COMPARED =
  /^(id|wait_\w+|timeouts|status|default_secret_name)\b|^metadata\.0\.(name|namespace|uid|resource_version|generation)$/;

type JsonPrimitive = string | number | boolean;
type Way = readonly (string | number)[];

function* leavesOf(value: JsonValue, way: Way = []): Generator<readonly [Way, JsonPrimitive]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leavesOf(item, [...way, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* leavesOf(item, [...way, key]);
  } else if (value !== null && value !== '' && value !== 0 && value !== false) yield [way, value];
}

function another(value: JsonPrimitive): JsonValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 7;
  const text = value;
  if (/^0[0-7]{3}$/.test(text)) return '0777';
  return /^\d/.test(text) && !/^\d+\./.test(text) ? `7${text}` : `${text}-other`;
}

function changed(attributes: JsonObject, way: Way, to: JsonValue): JsonObject {
  const copy = structuredClone(attributes);
  let place = copy as Record<string | number, JsonValue>;
  for (const key of way.slice(0, -1))
    place = place[key] as unknown as Record<string | number, JsonValue>;
  place[way.at(-1) ?? ''] = to;
  return copy;
}

function compare({ type, id, live }: Twin, attributes: JsonObject) {
  const { name, namespace = '' } = live.metadata;
  const liveId = [live.apiVersion, live.kind, namespace, name].join('/');
  return compareCase(
    readCase({
      name: type,
      provider: 'kubernetes',
      declared: {
        format: 'terraform-state-attributes',
        resources: [{ address: `${type}.example`, type, id, attributes }],
      },
      actual: {
        format: 'k8s-live',
        resources: [{ type: live.kind, id: liveId, properties: live }],
      },
    }),
    knowledge,
    false,
  );
}

describe('hashicorp/kubernetes against the API', () => {
  it('is measured on at least thirty types', () => {
    expect(new Set(twins.map(({ type }) => type)).size).toBeGreaterThanOrEqual(30);
  });

  it.each(twins.map((twin) => [twin.type, twin] as const))(
    '%s: the clean twin is silent, and every leaf of the code is heard',
    (_, twin) => {
      const clean = compare(twin, twin.attributes);
      expect(clean.missing).toEqual([]);
      expect(clean.not_compared.filter((entry) => entry.path === '')).toEqual([]);
      expect(clean.findings).toEqual([]);
      const unheard = [...leavesOf(twin.attributes)].flatMap(([way, value]) => {
        const place = way.join('.');
        if (NOT_COMPARED.test(place)) return [];
        const { findings } = compare(twin, changed(twin.attributes, way, another(value)));
        return findings.some(({ verdict }) => verdict === 'confirmed') ? [] : [place];
      });
      expect(unheard).toEqual([]);
    },
  );
});
