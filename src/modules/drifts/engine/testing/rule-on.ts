import { NO_SCOPE, type JsonObject, type JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';
import type { Field, FieldFacts, Pair } from '../field.js';
import { NO_KNOWLEDGE } from '../knowledge.js';
import { createEstate, DEFAULT_OPTIONS } from '../scan-facts.js';

export interface Setting {
  readonly path?: string;
  readonly facts?: FieldFacts;
  readonly type?: string;
  readonly declaredFormat?: Pair['declared']['format'];
  readonly actualFormat?: Pair['actual']['format'];
  readonly scanFacts?: JsonObject;
  readonly accountId?: string;
  readonly region?: string;
  readonly declaredParent?: JsonObject;
  readonly actualParent?: JsonObject;
}

/** A field for a comparator's spec: what is not said is unknown. */
export function fieldOf(setting: Setting = {}): Field {
  const { path = 'field', type = 'example_type' } = setting;
  const declared: Pair['declared'] = {
    address: `${type}.example`,
    type,
    format: setting.declaredFormat ?? 'terraform-state-attributes',
    provider: 'other',
    id: null,
    name: null,
    attributes: setting.declaredParent ?? {},
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'example', line: null },
    contentHash: null,
  };
  const actual: Pair['actual'] = {
    type,
    format: setting.actualFormat ?? 'terraform-attributes',
    provider: 'other',
    id: 'example',
    aliases: [],
    name: null,
    properties: setting.actualParent ?? {},
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
  return {
    path,
    actualPath: path,
    key:
      path
        .replace(/(\[[^\]]*\])+$/, '')
        .split('.')
        .at(-1) ?? path,
    facts: setting.facts ?? {},
    pair: {
      declared,
      actual,
      scan: {
        accountId: setting.accountId ?? null,
        region: setting.region ?? null,
        facts: setting.scanFacts ?? {},
        estate: createEstate([declared], [actual]),
      },
      knowledge: NO_KNOWLEDGE,
      options: DEFAULT_OPTIONS,
    },
    declaredParent: setting.declaredParent,
    actualParent: setting.actualParent,
  };
}

/** The kind of ruling a comparator gives, or `silent` when it has nothing to say and the difference stands. */
export function ruleOn(
  comparator: Comparator,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  setting: Setting = {},
): Ruling['kind'] | 'silent' {
  return comparator.rule(declared, actual, fieldOf(setting))?.kind ?? 'silent';
}
