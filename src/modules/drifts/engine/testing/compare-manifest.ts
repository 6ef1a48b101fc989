import { NO_SCOPE, type JsonObject } from '../../../../core/providers/index.js';
import { compareResource } from '../compare-resource.js';
import type { Pair } from '../field.js';
import type { ResourceReport } from '../findings.js';
import { NO_KNOWLEDGE, type Knowledge } from '../knowledge.js';
import { createEstate, DEFAULT_OPTIONS, type CompareOptions } from '../scan-facts.js';

export interface ManifestSetting {
  readonly knowledge?: Knowledge;
  readonly options?: Partial<CompareOptions>;
  readonly facts?: JsonObject;
  /** Further live objects of the cluster. */
  readonly others?: readonly JsonObject[];
}

function kindOf(object: JsonObject): string {
  return typeof object.kind === 'string' ? object.kind : '';
}

function declaredOf(manifest: JsonObject): Pair['declared'] {
  return {
    address: kindOf(manifest),
    type: kindOf(manifest),
    format: 'k8s-manifest',
    provider: 'kubernetes',
    id: null,
    name: null,
    attributes: manifest,
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'manifest.yaml', line: 1 },
    contentHash: null,
  };
}

function actualOf(object: JsonObject): Pair['actual'] {
  return {
    type: kindOf(object),
    format: 'k8s-live',
    provider: 'kubernetes',
    id: kindOf(object),
    aliases: [],
    name: null,
    properties: object,
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}

/** A manifest beside a live object, through the whole engine. */
export function compareManifest(
  manifest: JsonObject,
  live: JsonObject,
  setting: ManifestSetting = {},
): ResourceReport {
  const declared = declaredOf(manifest);
  const actual = actualOf(live);
  const others = (setting.others ?? []).map(actualOf);
  return compareResource({
    declared,
    actual,
    scan: {
      accountId: null,
      region: null,
      facts: setting.facts ?? {},
      estate: createEstate([declared], [actual, ...others]),
    },
    knowledge: setting.knowledge ?? NO_KNOWLEDGE,
    options: { ...DEFAULT_OPTIONS, ...setting.options },
  });
}

/** `path → verdict` of the findings, and the rules that suppressed something, by path. */
export function outline(report: ResourceReport): {
  readonly findings: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, string>>;
} {
  return {
    findings: Object.fromEntries(report.findings.map(({ path, verdict }) => [path, verdict])),
    rules: Object.fromEntries(report.suppressed.map(({ path, rule }) => [path, rule])),
  };
}
