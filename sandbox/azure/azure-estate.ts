import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EstateError } from '../estate-error.js';
import { instant } from '../instant.js';
import { isObject, objectAt, objectsAt, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { parseRole } from './role.js';
import type { Role } from './role.js';

/** One Entra tenant: who may sign in, and the subscriptions it holds. */
export interface AzureTenant {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Accepted beside the tokens the token endpoint gives out. */
  readonly accessToken: string;
  /** Queries a caller may send in a window; null for as many as it likes. */
  readonly quota: { readonly queries: number; readonly seconds: number } | null;
  readonly subscriptions: readonly AzureSubscription[];
}

export interface AzureSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** Ids of the management groups above it. */
  readonly managementGroups: readonly string[];
  /** What the caller may read; all of the subscription by default. */
  readonly roles: readonly Role[];
  readonly rows: readonly JsonObject[];
  /** Rows of the table `resourcechanges`. */
  readonly changes: readonly JsonObject[];
}

export const DEFAULT_TENANT = {
  tenantId: '7a3e0000-0000-4000-8000-00000000b001',
  clientId: '7a3e0000-0000-4000-8000-00000000c001',
  clientSecret: 'sandbox-secret',
  accessToken: 'sandbox-token',
  quota: null,
} as const;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `ESTATE/azure`; null when the folder does not exist. The layout is in sandbox/README.md. */
export function loadAzureEstate(estate: string): AzureTenant | null {
  const root = path.join(estate, 'azure');
  if (!existsSync(root)) return null;
  const settings = readOptional(path.join(root, 'tenant.json'));
  const tenant = makeTenant(settings, []);
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const subscriptions = folders
    .map(({ name }) => loadSubscription(path.join(root, name), name, tenant.tenantId))
    .sort((left, right) => left.subscriptionId.localeCompare(right.subscriptionId));
  return { ...tenant, subscriptions };
}

export function makeTenant(
  settings: JsonObject,
  subscriptions: readonly AzureSubscription[],
): AzureTenant {
  const { queries, seconds } = objectAt(settings, 'quota');
  return {
    tenantId: textAt(settings, 'tenantId') ?? DEFAULT_TENANT.tenantId,
    clientId: textAt(settings, 'clientId') ?? DEFAULT_TENANT.clientId,
    clientSecret: textAt(settings, 'clientSecret') ?? DEFAULT_TENANT.clientSecret,
    accessToken: textAt(settings, 'accessToken') ?? DEFAULT_TENANT.accessToken,
    quota: typeof queries === 'number' && typeof seconds === 'number' ? { queries, seconds } : null,
    subscriptions,
  };
}

/** A subscription with the containers its rows imply: itself and their resource groups. */
export function makeSubscription(
  subscriptionId: string,
  rows: readonly JsonObject[],
  settings: JsonObject = {},
  changes: readonly JsonObject[] = [],
): AzureSubscription {
  const displayName = textAt(settings, 'displayName') ?? `Subscription ${subscriptionId}`;
  const roles = objectsAt(settings, 'roles').map((role) => parseRole(role, subscriptionId));
  return {
    subscriptionId,
    displayName,
    managementGroups: textsAt(settings, 'managementGroups'),
    roles: 'roles' in settings ? roles : [parseRole({ actions: ['*/read'] }, subscriptionId)],
    rows: withContainers(subscriptionId, displayName, rows),
    changes,
  };
}

/** One entry of `changes.json` as a row: https://learn.microsoft.com/azure/governance/resource-graph/changes/get-resource-changes */
export function parseChange(change: Json, subscriptionId: string, where: string): JsonObject {
  const properties = isObject(change) ? change : {};
  const target = textAt(properties, 'targetResourceId');
  if (!target) throw new EstateError(`${where} has no targetResourceId.`);
  const attributes = objectAt(properties, 'changeAttributes');
  const timestamp = instant(textAt(attributes, 'timestamp') ?? '');
  const name = createHash('sha256').update(`${target} ${where}`).digest('hex').slice(0, 32);
  return {
    id: `${target}/providers/Microsoft.Resources/changes/${name}`,
    name,
    type: 'microsoft.resources/changes',
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(target)?.[1]?.toLowerCase() ?? '',
    subscriptionId,
    properties: { ...properties, changeAttributes: { ...attributes, timestamp } },
  };
}

/** Checks one row and fills in what its id says. */
export function parseRow(
  row: Json,
  subscriptionId: string,
  tenantId: string,
  where: string,
): JsonObject {
  if (!isObject(row)) throw new EstateError(`${where} is not an object.`);
  const id = textAt(row, 'id');
  const type = textAt(row, 'type');
  if (!id) throw new EstateError(`${where} has no id.`);
  if (!type) throw new EstateError(`${where} has no type.`);
  if (!id.toLowerCase().startsWith(`/subscriptions/${subscriptionId}`)) {
    throw new EstateError(`${where} is not in subscription ${subscriptionId}: ${id}`);
  }
  return {
    name: id.slice(id.lastIndexOf('/') + 1),
    tenantId,
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '',
    ...row,
    type: type.toLowerCase(),
    subscriptionId,
  };
}

function loadSubscription(folder: string, name: string, tenantId: string): AzureSubscription {
  if (!GUID.test(name)) {
    throw new EstateError(`${folder}: a subscription folder is named by a GUID in lower case.`);
  }
  const rows = new Map<string, JsonObject>();
  for (const file of jsonFiles(folder)) {
    const content = readJson(file);
    if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of rows.`);
    content.forEach((row, index) => {
      const parsed = parseRow(row, name, tenantId, `${file}[${index}]`);
      const key = (textAt(parsed, 'id') ?? '').toLowerCase();
      if (rows.has(key)) throw new EstateError(`${file}[${index}]: ${key} is there twice.`);
      rows.set(key, parsed);
    });
  }
  const settings = readOptional(path.join(folder, 'subscription.json'));
  const changes = readChanges(path.join(folder, CHANGES), name);
  return makeSubscription(name, [...rows.values()], settings, changes);
}

function readChanges(file: string, subscriptionId: string): JsonObject[] {
  const content = existsSync(file) ? readJson(file) : [];
  if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of changes.`);
  return content.map((change, index) => parseChange(change, subscriptionId, `${file}[${index}]`));
}

function withContainers(
  subscriptionId: string,
  displayName: string,
  rows: readonly JsonObject[],
): JsonObject[] {
  const root = `/subscriptions/${subscriptionId}`;
  const made = new Map<string, JsonObject>();
  const tenantId = rows[0]?.tenantId ?? DEFAULT_TENANT.tenantId;
  const container = (id: string, more: JsonObject): void => {
    made.set(id.toLowerCase(), { id, tenantId, subscriptionId, ...more });
  };
  container(root, { name: displayName, type: 'microsoft.resources/subscriptions' });
  for (const { resourceGroup, location = 'westeurope' } of rows) {
    if (typeof resourceGroup !== 'string' || resourceGroup === '') continue;
    const id = `${root}/resourceGroups/${resourceGroup}`;
    if (made.has(id.toLowerCase())) continue;
    const type = 'microsoft.resources/subscriptions/resourcegroups';
    const properties = { provisioningState: 'Succeeded' };
    container(id, { name: resourceGroup, type, location, resourceGroup, properties });
  }
  for (const row of rows) made.delete((textAt(row, 'id') ?? '').toLowerCase());
  return [...made.values(), ...rows];
}

const CHANGES = 'changes.json';

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && name !== 'subscription.json' && name !== CHANGES)
    .sort()
    .map((name) => path.join(folder, name));
}

function readOptional(file: string): JsonObject {
  if (!existsSync(file)) return {};
  const content = readJson(file);
  if (!isObject(content)) throw new EstateError(`${file} is not a JSON object.`);
  return content;
}

function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
