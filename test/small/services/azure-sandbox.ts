import { AzureCloud } from '../../../sandbox/azure/azure-cloud.js';
import { makeSubscription, makeTenant, parseRow } from '../../../sandbox/azure/azure-estate.js';
import type { AzureSubscription } from '../../../sandbox/azure/azure-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';

export const SUBSCRIPTION = '5f0b9a51-6f1d-4c55-9c0e-7d1f00000001';
export const OTHER = '5f0b9a51-6f1d-4c55-9c0e-7d1f00000002';
export const TENANT = '7a3e0000-0000-4000-8000-00000000b001';
export const TOKEN = 'eyJ0eXAiOiJKV1QiCANARYTOKEN';

export const VAULT = 'microsoft.keyvault/vaults';
export const ACCOUNT = 'microsoft.storage/storageaccounts';
export const GROUP = 'microsoft.resources/subscriptions/resourcegroups';

/** A row as Resource Graph keeps it. */
export function row(
  type: string,
  name: string,
  more: JsonObject = {},
  home = SUBSCRIPTION,
): JsonObject & { id: string } {
  const id = `/subscriptions/${home}/resourceGroups/rg-shop/providers/${type}/${name}`;
  const minimal = { id, type, location: 'westeurope', properties: { n: name }, ...more };
  return { ...parseRow(minimal, home, TENANT, name), id };
}

export function vaults(count: number, home = SUBSCRIPTION): JsonObject[] {
  return Array.from({ length: count }, (_, n) =>
    row(VAULT, `vault-${String(n).padStart(5, '0')}`, {}, home),
  );
}

export function subscription(
  rows: readonly JsonObject[],
  settings: JsonObject = {},
  id = SUBSCRIPTION,
): AzureSubscription {
  return makeSubscription(id, rows, settings);
}

export function serveAzure(
  subscriptions: readonly AzureSubscription[],
  tenant: JsonObject = {},
): Promise<RunningServer> {
  return serveCloud(
    new AzureCloud(makeTenant({ accessToken: TOKEN, ...tenant }, subscriptions)),
    0,
  );
}
