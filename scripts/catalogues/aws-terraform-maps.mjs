// Writes src/modules/drifts/knowledge/data/aws/{terraform-types,awscc-types,terraform-attributes,terraform-tool-only,config-properties}.json.
//
//   pip download botocore==1.44.5 --no-deps -d /tmp/aws && unzip -q /tmp/aws/botocore-*.whl 'botocore/data/*' -d /tmp/aws
//   node scripts/catalogues/aws-terraform-maps.mjs <maps folder> /tmp/aws/botocore/data
//
// <maps folder> holds, as facts extracted from public sources:
//   aws_terraform_to_cfn_types.json, aws_terraform_to_cfn_attributes.json  type and attribute pairs of hashicorp/aws and
//     CloudFormation as the Former2 generator (iann0036/former2, MIT) writes both from one API answer;
//   awscc_to_cfn_types.json  resources of hashicorp/awscc (MPL-2.0), generated from the registry;
//   aws_config_types_properties.json  what AWS Config records (awslabs/aws-config-resource-schema, Apache-2.0).
// botocore (Apache-2.0) holds the input and output shapes of every API.
// Run after aws-cloudformation.mjs and aws-terraform.mjs, whose catalogues it reads.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';

import { API_SERVICES, PREFIXES, TYPES } from './aws-terraform-names.mjs';

const [maps, botocore] = process.argv.slice(2);
if (!botocore)
  throw new Error('usage: aws-terraform-maps.mjs <maps folder> <botocore data folder>');
const out = new URL('../../src/modules/drifts/knowledge/data/aws/', import.meta.url).pathname;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const map = (name) => readJson(join(maps, name));
const squash = (name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
const tokens = (name) =>
  name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)?.map((word) => word.toLowerCase()) ?? [];
const stem = (word) => word.replace(/(ies|s)$/, '');

function catalogues(folder) {
  const all = {};
  for (const file of readdirSync(join(out, folder)))
    Object.assign(all, readJson(join(out, folder, file)));
  delete all.$;
  return all;
}
const cfn = catalogues('cfn');
const terraform = catalogues('terraform');

function write(name, entries) {
  const lines = Object.keys(entries)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(entries[key])}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  writeFileSync(join(out, `${name}.json`), text);
  console.log(name, lines.length, text.length);
}

// Types: the published map, then the same name in both vocabularies.
const published = map('aws_terraform_to_cfn_types.json');
const byName = new Map();
for (const type of Object.keys(cfn)) {
  const [, service, thing] = type.split('::');
  for (const name of new Set([squash(service + thing), squash(thing)])) {
    if (!byName.has(name)) byName.set(name, new Set());
    byName.get(name).add(type);
  }
}
const types = {};
for (const type of Object.keys(terraform)) {
  const plain = type.replace(/^aws_/, '');
  const found = new Set(published[type] ?? published[type.replace(/^aws_alb/, 'aws_lb')] ?? []);
  if (found.size === 0) {
    const [service] = plain.split('_');
    const same = byName.get(squash(plain));
    const exact = [...(same ?? [])].filter(
      (candidate) => squash(candidate.replace('AWS::', '')) === squash(plain),
    );
    const chosen =
      exact.length > 0
        ? exact
        : same?.size === 1 && cfnService([...same][0]) === service
          ? [...same]
          : [];
    for (const candidate of chosen) found.add(candidate);
  }
  for (const [prefix, service, before = ''] of found.size === 0 ? PREFIXES : []) {
    if (!plain.startsWith(`${prefix}_`)) continue;
    const name = squash(`${before}${plain.slice(prefix.length + 1)}`);
    const match = Object.keys(cfn).find(
      (candidate) => squash(candidate.replace('AWS::', '')) === squash(service) + name,
    );
    if (match) found.add(match);
  }
  for (const target of TYPES[type] ?? []) found.add(target);
  if (found.size > 0) types[type] = [...found].sort();
}
function cfnService(type) {
  return type.split('::')[1].toLowerCase();
}
for (const [type, list] of Object.entries(published)) types[type] ??= list;
// The same machine or rule under its older or newer name.
const parts = readJson(join(out, 'terraform-parts.json'));
for (const [type, { parent }] of Object.entries(parts)) types[type] ??= parent;
write('terraform-types', types);
write(
  'awscc-types',
  Object.fromEntries(
    Object.entries(map('awscc_to_cfn_types.json')).map(([type, target]) => [type, [target].flat()]),
  ),
);

// Attributes: only pairs the naming rule does not already give, and only where the names have something to do with each other.
const GENERIC = new Set(['id', 'name', 'arn', 'type', 'config', 'configuration', 'settings']);
const attributes = {};
for (const [type, entry] of Object.entries(map('aws_terraform_to_cfn_attributes.json'))) {
  const own = terraform[type]?.a ?? {};
  const taken = new Set(Object.keys(own).map(squash));
  const pairs = {};
  for (const { tf, cfn: native, api } of entry.attributes) {
    const code = own[tf];
    if (code === undefined || code.includes('#')) continue;
    const targets = [native, api].filter(
      (target) =>
        target && /^[A-Za-z0-9.]+$/.test(target) && !/\.(split|replace|map|join)$/.test(target),
    );
    const good = targets.filter((target) => {
      if (/^tags$/i.test(target)) return false;
      const last = target.split('.').at(-1);
      if (!target.includes('.') && (squash(last) === squash(tf) || taken.has(squash(last))))
        return false;
      if (GENERIC.has(tf)) return tokens(last).at(-1) === tf;
      const words = new Set(tokens(target).map(stem));
      return tokens(tf)
        .map(stem)
        .some((word) => words.has(word) && !GENERIC.has(word));
    });
    const names = [...new Map(good.map((target) => [target.toLowerCase(), target])).values()];
    if (names.length > 0) pairs[tf] = names;
  }
  if (Object.keys(pairs).length > 0) attributes[type] = pairs;
}
write('terraform-attributes', attributes);

// Arguments of the tool alone: no API answers with them.
const ALWAYS =
  /^(timeouts|force_(destroy|delete|detach|update)\w*|skip_(destroy|delete|final_\w+|\w+_validation)|wait_for_\w+|\w+_on_(destroy|delete)|final_snapshot_identifier|apply_immediately|allow_major_version_upgrade|delete_automated_backups|revoke_rules_on_delete|retain_on_delete|prevent_\w+_destroy|publish|filename|source_code_hash|\w+_wo|\w+_wo_version|get_password_data|user_data_replace_on_change)$/;
const shapesOf = new Map();

function shapes(service) {
  if (shapesOf.has(service)) return shapesOf.get(service);
  const input = new Set();
  const output = new Set();
  for (const name of API_SERVICES[service] ?? [service]) {
    const folder = join(botocore, name);
    if (!existsSync(folder)) continue;
    const [version] = readdirSync(folder).sort().reverse();
    const file = join(folder, version, 'service-2.json.gz');
    const model = existsSync(file)
      ? JSON.parse(gunzipSync(readFileSync(file)).toString())
      : readJson(file.replace(/\.gz$/, ''));
    const visit = (shape, into, seen) => {
      if (!shape || seen.has(shape)) return;
      seen.add(shape);
      const { members = {}, member, key, value } = model.shapes[shape];
      for (const [memberName, { shape: inner }] of Object.entries(members)) {
        into.add(squash(memberName));
        visit(inner, into, seen);
      }
      for (const part of [member, key, value]) visit(part?.shape, into, seen);
    };
    for (const operation of Object.values(model.operations)) {
      visit(operation.input?.shape, input, new Set());
      visit(operation.output?.shape, output, new Set());
    }
  }
  const found = { input, output };
  shapesOf.set(service, found);
  return found;
}

const toolOnly = {};
for (const [type, { a, c = [] }] of Object.entries(terraform)) {
  const services = new Set((types[type] ?? []).map(cfnService));
  const names = Object.keys(a).filter((name) => {
    if (c.includes(name)) return false;
    if (ALWAYS.test(name)) return true;
    const known = new Set(
      (types[type] ?? []).flatMap((target) => Object.keys(cfn[target]?.p ?? {}).map(squash)),
    );
    if (known.has(squash(name)) || attributes[type]?.[name]) return false;
    return [...services].some((service) => {
      const { input, output } = shapes(service);
      return input.has(squash(name)) && !output.has(squash(name));
    });
  });
  if (names.length > 0) toolOnly[type] = names;
}
write('terraform-tool-only', toolOnly);

// What AWS Config records of each type: first-level names, as an answer that lacks one of them says something.
const recorded = {};
for (const [type, properties] of Object.entries(map('aws_config_types_properties.json'))) {
  const names = new Set();
  for (const path of Object.keys(properties)) {
    const match = /^(?:configuration|supplementaryConfiguration)\.([^.]+)/.exec(path);
    if (match) names.add(match[1]);
  }
  if (names.size > 0) recorded[type] = [...names].sort();
}
write('config-properties', recorded);
