// Writes src/modules/drifts/knowledge/data/security/<provider>/<service>.json: which values published checks ask for.
//
//   node scripts/catalogues/security.mjs <security-attributes.json>
//
// <security-attributes.json> holds facts extracted from the check metadata of Prowler (prowler-cloud/prowler, Apache-2.0): name of the
// check, severity, and the Terraform attribute and value its remediation sets. Run after the aws, azure and gcp catalogues, whose names
// carry the facts over to CloudFormation types, ARM properties and Google API fields.
//
// "aws_db_instance": { "storageencrypted": ["is", true, "high", "rds_instance_storage_encrypted"] }
// A path is written without indexes, underscores, capitals and plural s, so that every vocabulary finds it. Kinds: `is` this value,
// `min`/`max` a number or duration, `set` anything at all, `has` these elements, `only` these elements; a fifth element names a
// sibling that says which setting this is ({ "name": "log_connections" }).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inArm, openArm } from './security-azure.mjs';

const [facts] = process.argv.slice(2);
if (!facts) throw new Error('usage: security.mjs <security-attributes.json>');
const data = path.resolve(import.meta.dirname, '../../src/modules/drifts/knowledge/data');
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const known = (name) => {
  const file = path.join(data, `${name}.json`);
  return existsSync(file) ? readJson(file) : {};
};

/** Types whose attributes in a remediation are scaffolding (an alarm's metric name), or that rules judge by meaning (ports, policies). */
const SCAFFOLDING =
  /metric|alarm|alert_policy|event_subscription|_vpc_endpoint$|route_table|policy_assignment|alternate_contact|security_group|firewall(_rule)?$|network_acl|subnet|nat_gateway|autoscaling_group|_iam_(member|binding|policy)|role_definition|private_endpoint|bastion|_policy_attachment|essential_contacts|_project_service$|logging_project_sink|activity_log|budget|contact|cluster_role/;
/** Checks of availability, cost or currency: good practice, but no protection is lost. */
const NOT_SECURITY =
  /multi_az|(^|_)az$|autoscaling_|high_availability|availability_enabled|failover|billing|latest$|copy_tags|default_root_object|cluster_mode|deployment_mode|redundan|minor_version|deprecated_engine|certificate_expiration|not_empty|s_exist(s)?$|scaleset|insights_exist|is_configured$|geo_redundant|instance_types|fault_tolerant|cross_zone|monitor_storage_account|network_http_internet|rule_with_conditions|compute_instance_public_ip|guardrail_enabled|vm_desired/;
/** Names, references and documents: what stands there is the example's, not the check's. */
const NAMING =
  /(^|[._])(name|names|email|pattern|filter|principal|bucket|member|members|port|count|region|location|namespace|engine|image|priority|effect|field|subnet_ids|security_group_ids|service|values|event_categories|uid|gid|locations|aliases|status_codes|start_time|allocated_storage|iops|threshold|formats|metric|action_type|role|email_address|resource_arn|identity_source|identity_sources|authorizer_uri|cpu|memory|code|instance_count|dedicated_master_count|availability_zones?)$/;
/** Where a reference itself is the protection. */
/** A kind is no setting, unless it is the kind of a protection. */
const KIND =
  /(?<!encryption_|authentication_|authorization_|encryption_config\.|endpoint_configuration\.)type$/;
const PROTECTIVE =
  /kms|cmk|encrypt|key_vault_key|acl_(id|arn)|log|boundary|guardrail|certificate|security_configuration|private_network|origin_access_control|audit/;
const AT_MOST = /timeout|duration|max_|expir|validity|rotation|automatically_after|idle/;
const AT_LEAST = /retention|minimum|min_|length|reuse|backup|days|interval/;
const RESTRICTS = /protocol|versions?$|types$|mode|resources$|verbs$/;

function text(value) {
  if (!value.startsWith('"') || !value.endsWith('"')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** What the check asks for as [kind, value]; undefined where the fact says nothing that can be compared. */
function demand(attributePath, compliant) {
  if (
    /^policy|[.]policy|statement|user_data|variables|cidr|parameters\.|ip_address|principals?$/i.test(
      attributePath,
    )
  )
    return undefined;
  if (compliant === null) {
    return /log|encrypt|backup|version|audit|waf/.test(attributePath) ? ['set', true] : undefined;
  }
  if (compliant === 'true' || compliant === 'false') return ['is', compliant === 'true'];
  const quoted = text(compliant);
  const isPlain = quoted !== undefined && /^[\w.+ -]{1,40}$/.test(quoted);
  const number = /^-?\d+(\.\d+)?s?$/.test(quoted ?? compliant)
    ? (quoted ?? Number(compliant))
    : undefined;
  if (number !== undefined) {
    if (AT_MOST.test(attributePath) && !/retention/.test(attributePath)) return ['max', number];
    if (AT_LEAST.test(attributePath)) return ['min', number];
    return quoted === undefined ? undefined : ['is', quoted];
  }
  if (
    isPlain &&
    !NAMING.test(attributePath) &&
    !/_(id|arn)$/.test(attributePath) &&
    !KIND.test(attributePath)
  ) {
    return /(tls|ssl).*version|version.*(tls|ssl)|min(imum)?_?(tls|protocol)/.test(attributePath)
      ? ['min', quoted]
      : ['is', quoted];
  }
  if (compliant.startsWith('[')) {
    const items = [...compliant.matchAll(/"([^"<>]*)"/g)].map((match) => match[1]);
    const usable = items.length > 0 && !compliant.includes('<') && !NAMING.test(attributePath);
    return usable && items.every((item) => /^[\w.:-]{1,40}$/.test(item))
      ? [RESTRICTS.test(attributePath) ? 'only' : 'has', items]
      : undefined;
  }
  if (
    /^"?</.test(compliant) ||
    /^"?(arn:|projects\/)/.test(compliant) ||
    /^[a-z_]+\.[\w<>.[\]]+$/.test(compliant)
  ) {
    return PROTECTIVE.test(attributePath.split('.').slice(-2).join('.'))
      ? ['set', true]
      : undefined;
  }
  return undefined;
}

/** One spelling for every vocabulary. The engine does the same with its paths. */
const squash = (segment) =>
  segment
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .replace(/(?<=..)s$/, '');
const squashPath = (full) => full.split('.').map(squash).join('.');

const RANK = ['low', 'medium', 'high', 'critical'];
const catalogue = new Map();
function put(provider, type, key, entry) {
  const service = type.includes('::')
    ? type.split('::')[1].toLowerCase()
    : type.includes('.')
      ? type.split(/[./]/)[0].toLowerCase()
      : (type.split('_')[1] ?? type);
  const file = `${provider}/${service}`;
  if (!catalogue.has(file)) catalogue.set(file, new Map());
  const types = catalogue.get(file);
  if (!types.has(type)) types.set(type, new Map());
  const entries = types.get(type);
  const id = entry[4] === undefined ? key : `${key}|${JSON.stringify(entry[4])}`;
  const before = entries.get(id);
  // Two checks that ask for opposite things prove nothing; of two that agree the graver one is kept.
  if (before && JSON.stringify(before.entry.slice(0, 2)) !== JSON.stringify(entry.slice(0, 2))) {
    before.disputed = true;
    return;
  }
  if (!before || RANK.indexOf(entry[2]) > RANK.indexOf(before.entry[2])) {
    entries.set(id, { key, entry, disputed: before?.disputed ?? false });
  }
}

const cfn = {};
for (const file of readdirSync(path.join(data, 'aws/cfn')))
  Object.assign(cfn, readJson(path.join(data, 'aws/cfn', file)));
const cfnTypes = known('aws/terraform-types');
const parts = known('aws/terraform-parts');
const published = known('aws/terraform-attributes');
const own = known('aws/terraform-names');

/** The path in CloudFormation, when every step of it is a property of the schema; undefined otherwise. */
function cloudFormationPath(type, segments, names) {
  const schema = cfn[type];
  let properties = schema?.p;
  const found = [];
  for (const segment of segments) {
    if (properties === undefined) return undefined;
    const wanted = [segment, ...(names?.[segment] ?? [])].map(squash);
    const name = Object.keys(properties).find((candidate) =>
      wanted.some(
        (one) => squash(candidate) === one || squash(candidate) === `${one}configuration`,
      ),
    );
    if (name === undefined) return undefined;
    found.push(name);
    const code = Array.isArray(properties[name]) ? properties[name][0] : properties[name];
    const block = /#(.+)$/.exec(code)?.[1];
    properties = block === undefined ? undefined : schema.defs?.[block];
  }
  return found.join('.');
}

const googleTypes = known('gcp/terraform-types');
const googleFields = {};
for (const file of existsSync(path.join(data, 'gcp/fields'))
  ? readdirSync(path.join(data, 'gcp/fields'))
  : [])
  Object.assign(googleFields, readJson(path.join(data, 'gcp/fields', file)));

const armPlaces = openArm(data);

function carryOver(provider, type, attributePath, entry) {
  const segments = attributePath.split('.');
  if (provider === 'aws') {
    const part = parts[type];
    const names = { ...published[type], ...own[type] };
    for (const native of part?.parent ?? cfnTypes[type] ?? []) {
      const inPart = part?.part?.map((name) =>
        cloudFormationPath(native, [name, ...segments], part.names),
      );
      const found = part
        ? inPart?.find((one) => one !== undefined)
        : cloudFormationPath(native, segments, names);
      if (found) put(provider, native, squashPath(found), entry);
    }
  }
  if (provider === 'azure') {
    for (const place of armPlaces(type, attributePath)) {
      const asked = inArm(entry, place);
      if (asked) put(provider, place.type, squashPath(place.path), asked);
    }
  }
  if (provider === 'gcp') {
    const facts = googleFields[type];
    const field = facts?.fields?.[attributePath];
    const isPlain = facts?.plain?.split(' ').includes(attributePath);
    const api =
      Array.isArray(field) && field[0] !== '' ? field[0] : isPlain ? attributePath : undefined;
    for (const native of googleTypes[type] ?? []) {
      if (api) put(provider, native, squashPath(api), entry);
    }
  }
}

let used = 0;
const checks = readJson(facts);
for (const { check, provider, severity, attributes } of checks) {
  if (NOT_SECURITY.test(check)) continue;
  for (const [
    index,
    { resource_type: type, path: attributePath, compliant },
  ] of attributes.entries()) {
    if (
      SCAFFOLDING.test(type) ||
      !/^[a-z0-9_.]+$/i.test(attributePath) ||
      attributePath === 'count'
    )
      continue;
    const last = attributePath.split('.').at(-1);
    if (last === 'value' || last === 'enabled' || last === 'parameter_value') {
      // A list of named settings: the name beside it says which one this is.
      const sibling = attributes
        .slice(0, index)
        .findLast(
          (one) =>
            one.resource_type === type &&
            one.path ===
              attributePath.replace(
                /[^.]+$/,
                last === 'parameter_value' ? 'parameter_name' : 'name',
              ),
        );
      const name = sibling?.compliant ? text(sibling.compliant) : undefined;
      if (last !== 'enabled' && (name === undefined || name.includes('<'))) continue;
      if (name !== undefined) {
        const value = text(compliant) ?? compliant;
        if (value.includes('<')) continue;
        put(provider, type, squashPath(attributePath), ['is', value, severity, check, { name }]);
        used += 1;
        continue;
      }
    }
    const asked = demand(attributePath, compliant);
    if (asked === undefined) continue;
    const entry = [...asked, severity, check];
    put(provider, type, squashPath(attributePath), entry);
    carryOver(provider, type, attributePath, entry);
    used += 1;
  }
}
const out = path.join(data, 'security');
rmSync(out, { recursive: true, force: true });
let files = 0;
let entriesWritten = 0;
for (const [file, types] of [...catalogue].sort()) {
  const lines = [];
  for (const [type, entries] of [...types].sort()) {
    const kept = {};
    for (const { key, entry, disputed } of entries.values()) {
      if (disputed) continue;
      (kept[key] ??= []).push(entry);
      entriesWritten += 1;
    }
    if (Object.keys(kept).length > 0) lines.push(`${JSON.stringify(type)}:${JSON.stringify(kept)}`);
  }
  if (lines.length === 0) continue;
  const target = path.join(out, `${file}.json`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
  files += 1;
}
console.log(
  `${used} of ${checks.reduce((sum, one) => sum + one.attributes.length, 0)} facts used, ${entriesWritten} entries in ${files} files`,
);
