// node scripts/catalogues/gcp-asset-types.mjs [TYPES.txt]
//
// Writes src/modules/drifts/knowledge/data/gcp/asset-types.json: every type Cloud Asset Inventory supports, by service, from TYPES: the
// names of the table "Resource types" of https://cloud.google.com/asset-inventory/docs/asset-types, one in a line (without TYPES: those
// that are committed). Then completes gcp/terraform-types.json with the types of hashicorp/google the map of gcp.mjs leaves out:
// - the words of the Terraform type are the service and the kind of one published type (google_firestore_database), or the service as other
//   types of the product show it and the kind (google_vertex_ai_index: aiplatform.googleapis.com/Index);
// - BY_HAND, where the two are named differently.
// Run it after gcp.mjs. What it adds is asked for when it is declared, so that the deletion of the last one is seen.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../src/modules/drifts/knowledge/data/gcp');
const read = (name) => JSON.parse(readFileSync(path.join(root, `${name}.json`), 'utf8'));
const write = (name, value) =>
  writeFileSync(path.join(root, `${name}.json`), `${JSON.stringify(value)}\n`);

const SOURCE = 'https://cloud.google.com/asset-inventory/docs/asset-types';
/** https://registry.terraform.io/providers/hashicorp/google/latest/docs and the API each page links to. */
const BY_HAND = {
  google_active_directory_domain: 'managedidentities.googleapis.com/Domain',
  google_app_engine_flexible_app_version: 'appengine.googleapis.com/Version',
  // The classic gateway; google_compute_ha_vpn_gateway is compute.googleapis.com/VpnGateway.
  google_compute_vpn_gateway: 'compute.googleapis.com/TargetVpnGateway',
  google_clouddomains_registration: 'domains.googleapis.com/Registration',
  google_container_attached_cluster: 'gkemulticloud.googleapis.com/AttachedCluster',
  google_container_aws_cluster: 'gkemulticloud.googleapis.com/AwsCluster',
  google_container_aws_node_pool: 'gkemulticloud.googleapis.com/AwsNodePool',
  google_container_azure_client: 'gkemulticloud.googleapis.com/AzureClient',
  google_container_azure_cluster: 'gkemulticloud.googleapis.com/AzureCluster',
  google_container_azure_node_pool: 'gkemulticloud.googleapis.com/AzureNodePool',
  google_dataproc_metastore_federation: 'metastore.googleapis.com/Federation',
  google_dataproc_metastore_service: 'metastore.googleapis.com/Service',
  google_integration_connectors_connection: 'connectors.googleapis.com/Connection',
  google_integration_connectors_endpoint_attachment: 'connectors.googleapis.com/EndpointAttachment',
  google_integration_connectors_managed_zone: 'connectors.googleapis.com/ManagedZone',
  google_project: 'cloudresourcemanager.googleapis.com/Project',
  google_tags_tag_key: 'cloudresourcemanager.googleapis.com/TagKey',
  google_tags_tag_value: 'cloudresourcemanager.googleapis.com/TagValue',
};
/**
 * Their declared id does not end as the name of the asset does, so an asset that is there could be taken for missing: settings there is
 * one of, and what is named after another resource.
 */
const NAMED_OTHERWISE = new Set([
  'google_apigee_organization',
  'google_binary_authorization_policy',
  'google_compute_instance_settings',
  'google_dialogflow_agent',
  'google_dns_record_set',
  'google_gke_hub_fleet',
  'google_identity_platform_config',
  'google_service_networking_connection',
]);

const [typesFile] = process.argv.slice(2);
const published = typesFile ? byService(readFileSync(typesFile, 'utf8')) : read('asset-types');
delete published.$source;
write('asset-types', { $source: SOURCE, ...published });

const mapped = read('terraform-types');
const known = new Set([...Object.keys(read('asset-names')), ...Object.keys(mapped), ...shaped()]);
const services = servicesOf(mapped);
const kinds = kindsOf(published);
let added = 0;
for (const type of [...known].sort()) {
  if (mapped[type]?.length > 0 || NAMED_OTHERWISE.has(type)) continue;
  if (/_iam_(binding|member|policy|audit_config)$/.test(type)) continue;
  const found = BY_HAND[type] ? [BY_HAND[type]] : derived(type);
  if (found.length !== 1) continue;
  mapped[type] = found;
  added += 1;
}
write('terraform-types', Object.fromEntries(Object.entries(mapped).sort()));
console.log(`${kinds.count} published types, ${added} Terraform types added`);

function derived(type) {
  const words = type.split('_').slice(1);
  const found = new Set();
  for (const flat of spellings(words))
    for (const one of kinds.byName.get(flat) ?? []) found.add(one);
  for (let at = 1; at < words.length; at += 1) {
    const service = services.get(words.slice(0, at).join('_'));
    const rest = spellings(words.slice(at));
    for (const kind of published[service] ?? [])
      if (rest.has(kind.toLowerCase())) found.add(`${service}/${kind}`);
  }
  return [...found];
}

/** A regional resource is of the same kind as a global one. */
function spellings(words) {
  return new Set([
    words.join(''),
    words.filter((word) => word !== 'region' && word !== 'global').join(''),
  ]);
}

/** Names a published type may have in Terraform: `computeinstance`, `dnsrecordset`, `cloudbuildtrigger`. */
function kindsOf(services) {
  const byName = new Map();
  let count = 0;
  for (const [host, list] of Object.entries(services)) {
    const service = host.split('.')[0].replace(/admin$/, '');
    for (const kind of list) {
      count += 1;
      const lower = kind.toLowerCase();
      const short = lower.replace(/^resource(?=.)/, '');
      for (const name of new Set([service + lower, service + short, joined(service, lower)]))
        byName.set(name, [...(byName.get(name) ?? []), `${host}/${kind}`]);
    }
  }
  return { byName, count };
}

/** A word both names share is said once. */
function joined(service, kind) {
  for (let length = Math.min(service.length, kind.length); length > 2; length -= 1)
    if (service.endsWith(kind.slice(0, length))) return service + kind.slice(length);
  return service + kind;
}

/** Words before the kind → the one service that has such kinds. */
function servicesOf(types) {
  const found = new Map();
  for (const [type, [asset]] of Object.entries(types)) {
    const [host, kind] = (asset ?? '').split('/');
    const words = type.split('_').slice(1);
    const at = words.findIndex((_, from) => words.slice(from).join('') === kind?.toLowerCase());
    if (at < 1) continue;
    const product = words.slice(0, at).join('_');
    found.set(product, new Set([...(found.get(product) ?? []), host]));
  }
  return new Map(
    [...found].flatMap(([name, hosts]) => (hosts.size === 1 ? [[name, [...hosts][0]]] : [])),
  );
}

function shaped() {
  return readdirSync(path.join(root, 'shapes')).flatMap((name) =>
    Object.keys(read(`shapes/${name.slice(0, -'.json'.length)}`)).filter((type) =>
      type.startsWith('google_'),
    ),
  );
}

function byService(text) {
  const found = {};
  for (const type of [...new Set(text.split(/\s+/).filter(Boolean))].sort()) {
    const [host, kind] = type.split('/');
    if (!/^[a-z0-9.-]+$/.test(host) || !/^[A-Za-z0-9]+$/.test(kind ?? '')) {
      throw new Error(`${type} is no asset type`);
    }
    (found[host] ??= []).push(kind);
  }
  return found;
}
