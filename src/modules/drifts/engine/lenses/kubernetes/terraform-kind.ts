import type { DeclaredResource, JsonObject } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';
import { catalogueOf } from './catalogue-schema.js';
import type { TypeSchema } from './schema.js';

export interface TerraformKind {
  readonly kind: string;
  readonly apiVersion: string;
  readonly type: TypeSchema;
  /** Every API group the kind was ever served in, for matching. */
  readonly groups: readonly string[];
}

/** Resources of hashicorp/kubernetes that stand for a part of an object somebody else declares. */
const PARTIAL = /^kubernetes_(labels|annotations|env|node_taint|token_request|.*_data)(_v\d\w*)?$/;

/**
 * `kubernetes_horizontal_pod_autoscaler_v2` → HorizontalPodAutoscaler of autoscaling/v2: the provider names its types after
 * kinds, in snake case, with the version behind (hashicorp/kubernetes provider docs). Null for anything else.
 */
export function terraformKind(type: string, knowledge: Knowledge): TerraformKind | null {
  if (!type.startsWith('kubernetes_') || PARTIAL.test(type)) return null;
  const [, name = '', version] =
    /^kubernetes_(?:default_)?(.+?)(?:_(v\d+(?:(?:alpha|beta)\d+)?))?$/.exec(type) ?? [];
  const catalogue = catalogueOf(knowledge);
  const kind = catalogue.kindNamed(name.replaceAll('_', ''));
  if (kind === undefined) return null;
  const versions = Object.keys(catalogue.versionsOf(kind));
  const apiVersion =
    versions.find((one) => version !== undefined && one.split('/').at(-1) === version) ??
    versions[0];
  const schema = apiVersion === undefined ? null : catalogue.kind(apiVersion, kind);
  if (apiVersion === undefined || schema === null) return null;
  const groups = new Set(
    versions.map((one) => (one.includes('/') ? (one.split('/')[0] ?? '') : '')),
  );
  return { kind, apiVersion, type: schema, groups: [...groups] };
}

/** The manifest of a `kubernetes_manifest`: states keep a dynamic attribute as `{ type, value }`. */
export function manifestAttribute(attributes: JsonObject): JsonObject | undefined {
  const manifest = read(attributes, 'manifest');
  if (!isObject(manifest)) return undefined;
  const value = read(manifest, 'value');
  return isObject(value) && read(manifest, 'apiVersion') === undefined ? value : manifest;
}

/** What a resource of hashicorp/kubernetes is in the cluster, as far as its state says; null when it is no object. */
export interface TerraformObject {
  readonly kind: string;
  readonly groups: readonly string[];
  readonly namespace: string;
  readonly name: string;
}

export function terraformObject(
  resource: DeclaredResource,
  knowledge: Knowledge,
): TerraformObject | null {
  const { type, id } = resource;
  if (type === 'kubernetes_manifest') return objectOf(manifestAttribute(resource.attributes) ?? {});
  const known = terraformKind(type, knowledge);
  if (known === null || id === null) return null;
  const [name = '', namespace = ''] = id.split('/').reverse();
  return { kind: known.kind, groups: known.groups, namespace, name };
}

function objectOf(manifest: JsonObject): TerraformObject | null {
  const { apiVersion, kind, metadata } = manifest;
  const { namespace = '', name } = isObject(metadata) ? metadata : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return null;
  if (typeof namespace !== 'string' || typeof name !== 'string') return null;
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return { kind, groups: [group], namespace, name };
}
