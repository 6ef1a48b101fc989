// Writes src/services/aws/catalogue/readable-types.json: how the live side of each AWS resource type can be read.
//
//   pip download cfn-lint==1.58.0 --no-deps -d /tmp/cfn && unzip -q /tmp/cfn/cfn_lint-*.whl -d /tmp/cfn/lint
//   curl -sL https://github.com/awslabs/aws-config-resource-schema/archive/refs/heads/master.tar.gz | tar xz -C /tmp/cfn
//   node scripts/catalogues/aws-readable-types.mjs /tmp/cfn/lint/cfnlint/data/schemas/resources /tmp/cfn/aws-config-resource-schema-master/config/properties/resource-types
//
// - `config`: AWS Config records the type (the enumeration ResourceType of the service's own model, @aws-sdk/client-config-service);
//   `supplementary`: with facts beside its configuration (awslabs/aws-config-resource-schema, Apache-2.0; a JSON object of
//   { type: { path: type } } is understood too).
// - `read`, `list`: the registry schema has the handler, so Cloud Control can read it (registry schemas as republished by cfn-lint,
//   MIT-0); `list:A,B`: only below a parent named by these properties.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceType } from '@aws-sdk/client-config-service';

const [registry, configSchemas] = process.argv.slice(2);
if (!configSchemas) {
  throw new Error('usage: aws-readable-types.mjs <registry schemas> <config resource schemas>');
}
const out = new URL('../../src/services/aws/catalogue/readable-types.json', import.meta.url);

const words = new Map();
const add = (type, word) => words.set(type, [...(words.get(type) ?? []), word]);

for (const type of Object.values(ResourceType)) add(type, 'config');
for (const [type, paths] of recordedPaths(configSchemas)) {
  if (words.has(type) && paths.some((one) => one.startsWith('supplementaryConfiguration.'))) {
    add(type, 'supplementary');
  }
}
for (const file of readdirSync(registry).filter((name) => name.endsWith('.json'))) {
  const { typeName, handlers } = JSON.parse(readFileSync(join(registry, file), 'utf8'));
  if (!typeName?.startsWith('AWS::') || !handlers) continue;
  if (handlers.read) add(typeName, 'read');
  if (handlers.list) {
    const parents = handlers.list.handlerSchema?.required ?? [];
    add(typeName, parents.length === 0 ? 'list' : `list:${parents.join(',')}`);
  }
}

const sorted = [...words].sort(([left], [right]) => (left < right ? -1 : 1));
const content = Object.fromEntries(
  sorted.map(([type, all]) => [type, [...new Set(all)].join(' ')]),
);
writeFileSync(out, `${JSON.stringify(content, null, 2)}\n`);
process.stdout.write(`${sorted.length} types\n`);

function recordedPaths(place) {
  if (statSync(place).isFile()) {
    const all = JSON.parse(readFileSync(place, 'utf8'));
    return Object.entries(all).map(([type, paths]) => [type, Object.keys(paths)]);
  }
  return readdirSync(place)
    .filter((name) => name.endsWith('.properties.json'))
    .map((name) => [
      name.replace('.properties.json', ''),
      Object.keys(JSON.parse(readFileSync(join(place, name), 'utf8'))),
    ]);
}
