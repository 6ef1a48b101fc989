import type { ActualResource, JsonObject, JsonValue } from '../../core/providers/index.js';

/** What the asset itself does not say. */
export interface AssetFacts {
  /** Project ids by project number: ancestors and some names carry only the number. */
  readonly projects: ReadonlyMap<string, string>;
  /** The project that was asked for; null when several are read. */
  readonly projectId: string | null;
  /**
   * What the second listing says: the policy, undefined when the resource has none. `unread` when it could not be listed, so that
   * nobody takes "no policy" for an answer.
   */
  readonly iamPolicy: JsonObject | 'unread' | undefined;
  readonly hash: (text: string) => string;
}

/** `unreadable`: listed without its content. */
export type AssetReading = ActualResource | 'unreadable';

/**
 * One asset of the REST API (or of an export in the same words) as a resource. `properties` is `resource.data`. `companions.iamPolicy`
 * is the policy on the resource itself, null when it could not be read.
 */
export function readAsset(asset: JsonObject, facts: AssetFacts): AssetReading {
  const resource = asObject(asset.resource);
  const id = text(asset.name);
  const type = text(asset.assetType);
  const properties = asObject(resource.data);
  if (id === null || type === null || !('data' in resource)) return 'unreadable';
  const { iamPolicy } = facts;
  const companions = iamPolicy === 'unread' ? { iamPolicy: null } : iamPolicy && { iamPolicy };
  return {
    type,
    format: 'gcp-cai',
    provider: 'gcp',
    id,
    aliases: aliasesOf(id, properties, resource),
    name: text(properties.name),
    properties,
    companions: companions ?? null,
    tags: labelsOf(properties),
    scope: {
      accountId: projectOf(asset, facts),
      region: locationOf(resource),
      namespace: null,
    },
    capturedAt: text(asset.updateTime),
    contentHash: facts.hash(JSON.stringify([resource, companions ?? null])) || null,
  };
}

/** Where a resource that lives nowhere in particular is said to be. */
export const GLOBAL_LOCATION = 'global';

export function locationOf(resource: JsonObject): string | null {
  const location = text(resource.location)?.toLowerCase() ?? null;
  return location === GLOBAL_LOCATION ? null : location;
}

/** Self link, API address and full name (`projects/p/topics/t`); a short name is `name`. */
function aliasesOf(id: string, properties: JsonObject, resource: JsonObject): string[] {
  const name = text(properties.name);
  const links = [
    text(properties.selfLink),
    text(resource.resourceUrl),
    name?.includes('/') ? name : null,
  ];
  return [...new Set(links.filter((link): link is string => link !== null && link !== id))];
}

/** A project's own asset is named by its number: its id stands inside. */
function projectOf(asset: JsonObject, { projects, projectId }: AssetFacts): string | null {
  if (projectId !== null && !/^\d+$/.test(projectId)) return projectId;
  const ancestors = Array.isArray(asset.ancestors) ? asset.ancestors : [];
  const named =
    /\/projects\/([^/]+)/.exec(text(asset.name) ?? '')?.[1] ??
    /^projects\/([^/]+)$/.exec(text(ancestors[0]) ?? '')?.[1];
  return named === undefined ? projectId : (projects.get(named) ?? named);
}

/** Where APIs keep them: most, Cloud SQL, Kubernetes Engine. */
function labelsOf(properties: JsonObject): Record<string, string> {
  const { labels, resourceLabels, userLabels } = properties;
  const found = [labels, resourceLabels, userLabels, asObject(properties.settings).userLabels];
  const entries = Object.entries(asObject(found.find((one) => one !== undefined)));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
