// Writes src/modules/drifts/knowledge/data/aws/api-answers.json: for each CloudFormation type, the first-level fields of the API
// answer that describes one resource of it. A field that is in the published shape and not in an answer is not set.
//
//   pip download botocore==1.44.5 --no-deps -d /tmp/aws && unzip -q /tmp/aws/botocore-*.whl 'botocore/data/*' -d /tmp/aws
//   node scripts/catalogues/aws-api-answers.mjs /tmp/aws/botocore/data
//
// Source: the service models of botocore (Apache-2.0). Run after aws-cloudformation.mjs.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { API_SERVICES } from './aws-terraform-names.mjs';

const [botocore] = process.argv.slice(2);
if (!botocore) throw new Error('usage: aws-api-answers.mjs <botocore data folder>');
const out = new URL('../../src/modules/drifts/knowledge/data/aws/', import.meta.url).pathname;

const squash = (name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
const models = new Map();

function model(service) {
  if (models.has(service)) return models.get(service);
  const folder = join(botocore, service);
  let found = null;
  if (existsSync(folder)) {
    const version = readdirSync(folder).sort().at(-1);
    found = JSON.parse(
      gunzipSync(readFileSync(join(folder, version, 'service-2.json.gz'))).toString(),
    );
  }
  models.set(service, found);
  return found;
}

const NOT_ONE =
  /Summary|Summaries|List|Request|Input|Filter|Update|Modif|Create|Delete|Put|Error|Exception|Event|Change|Batch/;

function answer(type, { p, wo = [] }) {
  const [, service, thing] = type.split('::');
  const wanted = new Set(
    Object.keys(p)
      .filter((name) => !wo.includes(name))
      .map(squash),
  );
  const noun = squash(thing);
  let best;
  for (const name of API_SERVICES[service.toLowerCase()] ?? [service.toLowerCase()]) {
    const shapes = model(name)?.shapes ?? {};
    for (const [shapeName, shape] of Object.entries(shapes)) {
      if (shape.type !== 'structure' || NOT_ONE.test(shapeName)) continue;
      const like = squash(shapeName)
        .replace(/^(get|describe)/, '')
        .replace(
          /(response|output|result|detail|details|description|info|metadata|configuration)$/,
          '',
        );
      if (like !== noun && !noun.endsWith(like) && !like.endsWith(noun)) continue;
      const members = Object.keys(shape.members ?? {});
      const shared = members.filter(
        (member) => wanted.has(squash(member)) || wanted.has(squash(member).replace(noun, '')),
      ).length;
      if (shared >= 3 && shared > (best?.shared ?? 0)) best = { shared, members };
    }
  }
  return best && best.shared >= wanted.size * 0.3 ? best.members.sort() : undefined;
}

const answers = {};
for (const file of readdirSync(join(out, 'cfn'))) {
  for (const [type, entry] of Object.entries(
    JSON.parse(readFileSync(join(out, 'cfn', file), 'utf8')),
  )) {
    const members = answer(type, entry);
    if (members) answers[type] = members;
  }
}
const lines = Object.keys(answers)
  .sort()
  .map((type) => `${JSON.stringify(type)}:${JSON.stringify(answers[type])}`);
writeFileSync(join(out, 'api-answers.json'), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} types`);
