/** The tables that hold resources; the others hold facts about them. */
export type GraphTable = 'Resources' | 'ResourceContainers';

export const RESOURCE_GROUPS = 'microsoft.resources/subscriptions/resourcegroups';

/**
 * What ResourceContainers is read for. Management groups are outside a subscription.
 * https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources#resourcecontainers
 */
export const CONTAINER_TYPES: readonly string[] = [
  'microsoft.resources/subscriptions',
  RESOURCE_GROUPS,
];

/** Every column of the two tables that describes the resource itself. */
const COLUMNS =
  'id, name, type, tenantId, kind, location, resourceGroup, subscriptionId, managedBy, sku, plan, properties, tags, identity, zones, extendedLocation';

const TYPE = /^[a-z0-9.-]+(\/[a-z0-9._-]+)+$/;

/** Whether a lower-case text is written like the name of a resource type; only such a text may stand in a query. */
export function isTypeName(type: string): boolean {
  return TYPE.test(type);
}

export const SUBSCRIPTIONS =
  "ResourceContainers | where type =~ 'microsoft.resources/subscriptions' | project subscriptionId, name, tenantId | order by subscriptionId asc";

export const COUNT_TYPES = 'Resources | summarize count() by type | order by type asc';

/** `types` in lower case; `locations` empty for all. */
export function listQuery(
  table: GraphTable,
  types: readonly string[],
  locations: readonly string[],
): string {
  const [only = ''] = types;
  const ofType = types.length === 1 ? `type =~ ${quoted(only)}` : `type in~ ${list(types)}`;
  const there = locations.length === 0 ? '' : ` | where location in~ ${list(locations)}`;
  return `${table} | where ${ofType}${there} | project ${COLUMNS} | order by id asc`;
}

/** What was written to one resource: https://learn.microsoft.com/azure/governance/resource-graph/changes/get-resource-changes */
export function changesQuery(id: string): string {
  return `resourcechanges | where properties.targetResourceId =~ ${quoted(id)} | project id, properties | order by id asc`;
}

function list(texts: readonly string[]): string {
  return `(${texts.map(quoted).join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
