import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import type { Estate } from '../../scan-facts.js';
import { isObject, read } from '../../values.js';
import { catalogueOf } from './catalogue-schema.js';
import { OPEN_TYPE, openApiType, schemaInDefinition } from './openapi-schema.js';
import type { TypeSchema } from './schema.js';

export interface KubernetesKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly type: TypeSchema;
  /** True for kinds of the Kubernetes API itself. */
  readonly builtIn: boolean;
  /** True when a schema describes the kind. */
  readonly known: boolean;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function split(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Words beside the kind, which may name its group. */
  readonly hint: string;
}

/** Kind and apiVersion as the manifest says; a resource that names only its type is looked up by its last word. */
function nameOf({ declared, actual }: Pair, manifest: JsonObject): KindName {
  const sides = [manifest, actual.properties];
  const words = declared.type.split(/[\s/]+/).filter(Boolean);
  const said = (key: string) => sides.map((side) => text(read(side, key))).find(Boolean) ?? '';
  return {
    apiVersion: said('apiVersion'),
    kind: said('kind') || (words.at(-1) ?? ''),
    hint: words.slice(0, -1).join(' '),
  };
}

/**
 * The cluster's own CRDs come first, as the scan read them or as `facts.crds` gives them, then the catalogue of built-in
 * kinds and published CRDs. Without any of them the kind is open.
 */
export function kindOf(pair: Pair): KubernetesKind {
  return kindNamed(pair, nameOf(pair, pair.declared.attributes));
}

/** The kind of a manifest that stands inside the declared resource. */
export function kindOfObject(pair: Pair, manifest: JsonObject): KubernetesKind {
  return kindNamed(pair, nameOf(pair, manifest));
}

function kindNamed(pair: Pair, { apiVersion, kind, hint }: KindName): KubernetesKind {
  const [group, version] = split(apiVersion);
  const schema = group === '' ? undefined : clusterSchema(pair, group, version, kind);
  if (schema) {
    const type = openApiType(schema, `${apiVersion}#${kind}`);
    return { apiVersion, kind, type, builtIn: false, known: true };
  }
  const catalogue = catalogueOf(pair.knowledge);
  const versions = catalogue.versionsOf(kind);
  const served = versionFor(versions, apiVersion, hint);
  const type = served === undefined ? null : catalogue.kind(served, kind);
  if (type === null) return { apiVersion, kind, type: OPEN_TYPE, builtIn: false, known: false };
  const builtIn = !type.name.startsWith('crds/');
  return { apiVersion: served ?? apiVersion, kind, type, builtIn, known: true };
}

/** Kubernetes version priority: stable before beta before alpha, then the higher number. */
function byPriority(left: string, right: string): number {
  const rank = (apiVersion: string): number => {
    const [, major = '0', stage = '', minor = '0'] =
      /^v(\d+)(alpha|beta)?(\d+)?$/.exec(split(apiVersion)[1]) ?? [];
    return (stage === '' ? 2e6 : stage === 'beta' ? 1e6 : 0) + Number(major) * 1e3 + Number(minor);
  };
  return rank(right) - rank(left);
}

/** The version as declared, another of the same group, or, when no version was given, the only group there is. */
function versionFor(versions: JsonObject, apiVersion: string, hint: string): string | undefined {
  if (Object.hasOwn(versions, apiVersion)) return apiVersion;
  const names = Object.keys(versions).sort(byPriority);
  if (apiVersion !== '') {
    const [group] = split(apiVersion);
    return names.find((name) => split(name)[0] === group);
  }
  return names.find((name) => hint !== '' && split(name)[0].includes(hint)) ?? names[0];
}

type DefinitionIndex = ReadonlyMap<string, readonly JsonObject[]>;

/** `group/Kind` of a CRD; null for anything else. */
function definedKind(definition: JsonObject): string | null {
  const spec = read(definition, 'spec');
  if (!isObject(spec)) return null;
  const names = read(spec, 'names');
  return `${text(read(spec, 'group'))}/${isObject(names) ? text(read(names, 'kind')) : ''}`;
}

/** CRDs of both sides, indexed once per scan. */
function definitionsIn(estate: Estate): DefinitionIndex {
  const index = new Map<string, JsonObject[]>();
  const all = [
    ...estate.actualOfType('CustomResourceDefinition').map((resource) => resource.properties),
    ...estate.declaredOfType('CustomResourceDefinition').map((resource) => resource.attributes),
  ];
  for (const definition of all) {
    const kind = definedKind(definition);
    if (kind !== null) index.set(kind, [...(index.get(kind) ?? []), definition]);
  }
  return index;
}

function definitionsOf({ scan }: Pair, kind: string): readonly JsonObject[] {
  const known = scan.estate.derive(definitionsIn).get(kind) ?? [];
  const given = read(scan.facts, 'crds');
  if (!Array.isArray(given)) return known;
  return [...known, ...given.filter(isObject).filter((one) => definedKind(one) === kind)];
}

function clusterSchema(
  pair: Pair,
  group: string,
  version: string,
  kind: string,
): JsonObject | undefined {
  for (const definition of definitionsOf(pair, `${group}/${kind}`)) {
    const schema = schemaInDefinition(definition, group, version, kind);
    if (schema) return schema;
  }
  return undefined;
}
