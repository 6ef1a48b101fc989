import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { read } from '../values.js';
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

/** `cloudbuild` and `buildtrigger` are `cloudbuildtrigger`: a word both names share is said once. */
function joined(service: string, kind: string): string {
  for (let length = Math.min(service.length, kind.length); length > 2; length--)
    if (service.endsWith(kind.slice(0, length))) return `${service}${kind.slice(length)}`;
  return `${service}${kind}`;
}

/**
 * Names a Terraform type may give a Cloud Asset type: `compute.googleapis.com/UrlMap` is `urlmap` or `computeurlmap`,
 * `bigtableadmin.googleapis.com/Instance` is `bigtableinstance`, `dns.googleapis.com/ResourceRecordSet` is `dnsrecordset`.
 */
export function googleKinds(assetType: string): string[] {
  const [host = '', kind = ''] = assetType.toLowerCase().split('/');
  const service = (host.split('.')[0] ?? '').replace(/admin$/, '');
  const short = kind.replace(/^resource(?=.)/, '');
  return [...new Set([kind, `${service}${kind}`, `${service}${short}`, joined(service, kind)])];
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

/** `targetVpnGateways/name` under its service: enough within one scan where the format's other parts are not declared. */
function collectionKeys(resource: DeclaredResource, knowledge: Knowledge): string[] {
  const format = knowledge.load('gcp/asset-names')?.[resource.type];
  if (typeof format !== 'string') return [];
  const [, host, collection, field] =
    /^\/\/([a-z0-9.-]+)\/.*?([A-Za-z0-9]+)\/\{\{([a-z_0-9]+)\}\}$/.exec(format) ?? [];
  const value = field === undefined ? undefined : resource.attributes[field];
  if (host === undefined || collection === undefined) return [];
  if (typeof value !== 'string' || value === '' || value.includes('${')) return [];
  return [`collection|${host}|${collection}|${lastSegment(value)}`.toLowerCase()];
}

function collectionKey(id: string): string[] {
  const parts = assetName(id).split('/');
  const [name, collection] = [parts.at(-1), parts.at(-2)];
  return parts.length > 5 && name !== undefined && collection !== undefined
    ? [`collection|${parts[2] ?? ''}|${collection}|${name}`]
    : [];
}

/** A number or a UUID the service made up. */
const GENERATED = /^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Numbers and ids a resource is known by beside its name. */
const OWN_IDS = ['number', 'project_id', 'unique_id', 'email'];
const ASSET_IDS = ['projectId', 'projectNumber', 'uniqueId', 'email'];

/** A service account is declared by the part of its e-mail before the `@` (IAM API: ServiceAccount). */
function accountName(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value.split('@')[0] : undefined;
}

function texts(values: readonly (JsonValue | undefined)[]): string[] {
  return values.flatMap((value) =>
    typeof value === 'string' && value !== '' && !value.includes('${') ? [value.toLowerCase()] : [],
  );
}

/** The attributes a format ends with, or the usual ones: what names the resource within its type. */
function shortNames(resource: DeclaredResource, knowledge: Knowledge): string[] {
  const format = knowledge.load('gcp/asset-names')?.[resource.type];
  const last =
    typeof format === 'string' ? [...format.matchAll(PLACEHOLDER)].at(-1)?.[1] : undefined;
  // `config_id` of a notification config: what it is created under, where its name is only known afterwards.
  const words = resource.type.split('_').slice(1);
  const own = words.map((_, from) => `${words.slice(from).join('_')}_id`);
  const fields = [...(last === undefined ? ['name', 'display_name'] : [last, 'name']), ...own];
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
  keys.push(...collectionKeys(resource, knowledge));
  const own = texts([...OWN_IDS, 'account_id'].map((name) => resource.attributes[name]));
  // The state of a resource without a name of its own still ends its id with what the API calls it.
  const { id } = resource.attributes;
  if (typeof id === 'string' && id.includes('/')) own.push(lastSegment(id));
  const names = [...shortNames(resource, knowledge), ...own];
  const types = nativeTypes(resource, knowledge);
  for (const name of names) for (const type of types) keys.push(`google|${type}|${name}`);
  for (const name of names)
    for (const kind of flatNames(resource.type)) keys.push(`google|${kind}|${name}`);
  return [...new Set(keys)];
}

export function actualGoogleKeys(resource: ActualResource): readonly string[] {
  const type = resource.type.toLowerCase();
  const { properties } = resource;
  const own = texts([
    ...ASSET_IDS.map((name) => read(properties, name)),
    accountName(read(properties, 'email')),
  ]);
  // Where an asset's own name is a number, the resource still says the name it was given.
  const given = GENERATED.test(lastSegment(resource.id))
    ? texts([read(properties, 'name')]).map(lastSegment)
    : [];
  const names = [...[resource.id, ...resource.aliases].map(lastSegment), ...own, ...given];
  const kinds = [type, ...googleKinds(type)];
  return [
    ...[resource.id, ...resource.aliases].map((id) => `asset|${assetName(id)}`),
    ...[resource.id, ...resource.aliases].flatMap(collectionKey),
    ...kinds.flatMap((kind) => names.map((name) => `google|${kind}|${name}`)),
  ];
}
