import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { flatNames } from './flat-names.js';
import { nativeTypes } from './native-types.js';

const PLACEHOLDER = /\{\{([a-z_0-9]+)\}\}/g;

/** `//compute.googleapis.com/projects/p/zones/z/instances/i`, without scheme, host version or case. */
function assetName(id: string): string {
  return id
    .replace(/^https?:/, '')
    .replace(
      /^\/\/(?:www\.)?([a-z0-9-]+)(?:\.googleapis\.com)\/(?:[a-z]+\/)?(?:v\d\w*|beta)\//,
      '//$1.googleapis.com/',
    )
    .toLowerCase();
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

/** Names a Terraform type may give a Cloud Asset type: `compute.googleapis.com/UrlMap` is `urlmap` or `computeurlmap`. */
export function googleKinds(assetType: string): string[] {
  const [host = '', kind = ''] = assetType.toLowerCase().split('/');
  const service = host.split('.')[0] ?? '';
  return [kind, `${service}${kind}`];
}

/** The full asset name, when every part of the published name format is declared; null otherwise. */
function formattedName(resource: DeclaredResource, knowledge: Knowledge): string | null {
  const format = knowledge.load('gcp/asset-names')?.[resource.type];
  if (typeof format !== 'string') return null;
  const values = [...format.matchAll(PLACEHOLDER)].map(
    ([, field = '']) => resource.attributes[field],
  );
  const names = values.flatMap((value) =>
    typeof value === 'string' && value !== '' && !value.includes('${') ? [lastSegment(value)] : [],
  );
  if (names.length < values.length) return null;
  let next = 0;
  return assetName(format.replace(PLACEHOLDER, () => names[next++] ?? ''));
}

/** The attributes a format ends with, or the usual ones: what names the resource within its type. */
function shortNames(resource: DeclaredResource, knowledge: Knowledge): string[] {
  const format = knowledge.load('gcp/asset-names')?.[resource.type];
  const last =
    typeof format === 'string' ? [...format.matchAll(PLACEHOLDER)].at(-1)?.[1] : undefined;
  const fields = last === undefined ? ['name', 'display_name'] : [last, 'name'];
  return fields.flatMap((field) => {
    const value = resource.attributes[field];
    return typeof value === 'string' && value !== '' ? [lastSegment(value)] : [];
  });
}

export function declaredGoogleKeys(
  resource: DeclaredResource,
  knowledge: Knowledge,
): readonly string[] {
  const keys: string[] = [];
  for (const link of [resource.attributes.self_link, resource.attributes.id, resource.id]) {
    if (typeof link === 'string' && link.includes('/')) keys.push(`asset|${assetName(link)}`);
  }
  const formatted = formattedName(resource, knowledge);
  if (formatted !== null) keys.push(`asset|${formatted}`);
  const names = shortNames(resource, knowledge);
  const types = nativeTypes(resource, knowledge);
  for (const name of names) for (const type of types) keys.push(`google|${type}|${name}`);
  for (const name of names)
    for (const kind of flatNames(resource.type)) keys.push(`google|${kind}|${name}`);
  return [...new Set(keys)];
}

export function actualGoogleKeys(resource: ActualResource): readonly string[] {
  const type = resource.type.toLowerCase();
  const names = [resource.id, ...resource.aliases].map(lastSegment);
  const kinds = [type, ...googleKinds(type)];
  return [
    ...[resource.id, ...resource.aliases].map((id) => `asset|${assetName(id)}`),
    ...kinds.flatMap((kind) => names.map((name) => `google|${kind}|${name}`)),
  ];
}
