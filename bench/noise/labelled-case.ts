import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { JsonObject, JsonValue } from '../../src/core/providers/index.js';

/** A case of docs/accuracy.md with its label; the engine only ever sees `source`. */
export interface LabelledCase {
  readonly name: string;
  /** Resource type of the first declared resource, for the table by class. */
  readonly type: string;
  /** Its class (`group`), for the table by class. */
  readonly group: string;
  readonly source: JsonObject;
  /** Null: unlabelled, never scored. */
  readonly drift: boolean | null;
  readonly scored: boolean;
  readonly injected: boolean;
  readonly changedPaths: readonly string[];
  readonly mustNotReport: readonly string[];
  readonly notComparable: readonly string[];
  /** Live resources no code declares, as `id` or `type.id`: listing them is what makes such a case found. */
  readonly unmanaged: readonly string[];
}

function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function paths(value: JsonValue | undefined): string[] {
  return list(value).flatMap((entry) => {
    const path = typeof entry === 'string' ? entry : object(entry).path;
    return typeof path === 'string' ? [path] : [];
  });
}

function label(source: JsonObject): LabelledCase {
  const expected = object(source.expected);
  const drift = expected.drift;
  const confidence = source.label_confidence;
  const [first] = list(object(source.declared).resources);
  const type = object(first).type;
  return {
    name: typeof source.name === 'string' ? source.name : '',
    type: typeof type === 'string' ? type : '(none)',
    group: typeof source.group === 'string' ? source.group : '(none)',
    source,
    drift: typeof drift === 'boolean' ? drift : null,
    scored: confidence === undefined || confidence === 'high',
    injected: typeof source.mutated_from === 'string',
    changedPaths: paths(expected.changes),
    mustNotReport: paths(expected.must_not_report),
    notComparable: paths(expected.not_comparable),
    unmanaged: paths(expected.unmanaged),
  };
}

/** The vocabulary of a hand-written pair follows from its type: both sides are written in the same one. */
function formatsOf(type: string): readonly [declared: string, actual: string, provider: string] {
  if (type.startsWith('AWS::')) return ['cfn-properties', 'aws-cloudcontrol', 'aws'];
  const [prefix] = type.split('_');
  const provider = { aws: 'aws', google: 'gcp', azurerm: 'azure' }[prefix ?? ''];
  if (provider) return ['terraform-state-attributes', 'terraform-attributes', provider];
  return ['k8s-manifest', 'k8s-live', 'kubernetes'];
}

function twin(pair: JsonObject, side: 'actualEquivalent' | 'actualDrifted'): LabelledCase {
  const type = typeof pair.resourceType === 'string' ? pair.resourceType : '';
  const [declaredFormat, actualFormat, provider] = formatsOf(type);
  const kind =
    declaredFormat === 'k8s-manifest'
      ? (type.split(/[ /]/).find((word) => /^[A-Z]/.test(word)) ?? type)
      : type;
  const id = typeof pair.id === 'string' ? pair.id : '';
  const address = declaredFormat === 'k8s-manifest' ? `v1/${kind}/default/${id}` : `${type}.${id}`;
  const identity = declaredFormat === 'k8s-manifest' ? address : id;
  return label({
    name: `${id} ${JSON.stringify(pair.class)} ${side}`,
    group: id,
    provider,
    declared: {
      format: declaredFormat,
      resources: [{ address, type: kind, id: identity, attributes: pair.declared ?? {} }],
    },
    actual: {
      format: actualFormat,
      resources: [{ type: kind, id: identity, properties: pair[side] ?? {} }],
    },
    context: pair.context ?? {},
    expected: { drift: side === 'actualDrifted' },
  });
}

/** Reads a `.jsonl` of cases, or a `.json` of hand-written pairs with an equivalent and a drifted twin each. */
export async function* readLabelledCases(file: string): AsyncGenerator<LabelledCase> {
  if (file.endsWith('.json')) {
    const book = JSON.parse(await readFile(file, 'utf8')) as JsonObject;
    for (const pair of list(book.cases).map(object)) {
      yield twin(pair, 'actualEquivalent');
      yield twin(pair, 'actualDrifted');
    }
    return;
  }
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    if (line.trim() !== '') yield label(JSON.parse(line) as JsonObject);
  }
}
