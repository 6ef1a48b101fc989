// Writes src/modules/drifts/knowledge/data/azure/terraform-types.json and shapes/<prefix>.json.
//
//   npm pack @cdktf/provider-azurerm@14.23.1 && tar xzf cdktf-provider-azurerm-14.23.1.tgz -C /tmp/azurerm
//   node scripts/catalogues/azure.mjs TYPES.json /tmp/azurerm/package/lib
//
// - TYPES: azurerm resource → ARM resource type, from the import ids in the provider's documentation (hashicorp/terraform-
//   provider-azurerm, MPL-2.0);
// - the provider's own schema, as @cdktf/provider-azurerm (MPL-2.0) carries it, says which arguments are sets, which are
//   maps, and which attributes only Azure fills in. `<prefix>` is the word after `azurerm_`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchemas } from './cdktf-schema.mjs';

const [typesFile, library] = process.argv.slice(2);
if (!typesFile || !library)
  throw new Error('usage: azure.mjs TYPES.json <@cdktf/provider-azurerm lib folder>');
const root = new URL('../../src/modules/drifts/knowledge/data/azure/', import.meta.url).pathname;

/** Resources whose import id names a part or a parent; the type is the one the provider reads (ARM template reference). */
const CORRECTED = {
  // Resource Graph lists groups among the containers of a subscription.
  azurerm_resource_group: [
    'Microsoft.Resources/subscriptions/resourceGroups',
    'Microsoft.Resources/resourceGroups',
  ],
  azurerm_kubernetes_cluster_node_pool: 'Microsoft.ContainerService/managedClusters/agentPools',
  azurerm_role_assignment: 'Microsoft.Authorization/roleAssignments',
  azurerm_storage_container: 'Microsoft.Storage/storageAccounts/blobServices/containers',
  azurerm_storage_share: 'Microsoft.Storage/storageAccounts/fileServices/shares',
  azurerm_storage_queue: 'Microsoft.Storage/storageAccounts/queueServices/queues',
  azurerm_monitor_diagnostic_setting: 'Microsoft.Insights/diagnosticSettings',
};

function* paths(fields, prefix = '') {
  for (const { name, kind, fields: below } of fields) {
    const path = `${prefix}${name}`;
    if (kind === 'set' || kind === 'block-set') yield ['sets', path];
    if (kind === 'map') yield ['maps', path];
    if (below) yield* paths(below, `${path}.`);
  }
}

const types = JSON.parse(readFileSync(typesFile, 'utf8'));
const known = Object.entries(types).flatMap(([type, { arm_type: arm }]) =>
  arm ? [[type, [arm]]] : [],
);
const corrected = Object.entries(CORRECTED).map(([type, arm]) => [type, [arm].flat()]);
const all = Object.fromEntries([...known, ...corrected].sort(([a], [b]) => (a < b ? -1 : 1)));
mkdirSync(join(root, 'shapes'), { recursive: true });
writeFileSync(join(root, 'terraform-types.json'), `${JSON.stringify(all)}\n`);

const files = new Map();
for (const { type, computed, fields } of readSchemas(library)) {
  const entry = { sets: [], maps: [], computed: computed.filter((name) => name !== 'id') };
  const settable = fields.filter(({ name }) => !computed.includes(name));
  for (const [list, path] of paths(settable)) entry[list].push(path);
  const prefix = type.split('_')[1];
  if (!files.has(prefix)) files.set(prefix, {});
  files.get(prefix)[type] = Object.fromEntries(
    Object.entries(entry).flatMap(([list, found]) =>
      found.length > 0 ? [[list, found.join(' ')]] : [],
    ),
  );
}
rmSync(join(root, 'shapes'), { recursive: true, force: true });
mkdirSync(join(root, 'shapes'));
for (const [prefix, entries] of files) {
  const lines = Object.entries(entries).map(
    ([type, entry]) => `${JSON.stringify(type)}:${JSON.stringify(entry)}`,
  );
  writeFileSync(join(root, 'shapes', `${prefix}.json`), `{\n${lines.join(',\n')}\n}\n`);
}
