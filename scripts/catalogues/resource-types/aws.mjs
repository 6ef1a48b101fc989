import path from 'node:path';
import { catalogue, countOf, described, readFile, root, table } from './catalogue.mjs';

const READ = { config: 'Config', both: 'Config, Cloud Control', control: 'Cloud Control' };

/** Terraform types, and every type of AWS Config and of the CloudFormation registry. */
export function awsTables() {
  const routes = routesOf(
    readFile(path.join(root, 'src/services/aws/catalogue/readable-types.json')),
  );
  const registry = described('aws/cfn');
  const native = [...new Set([...routes.keys(), ...registry])].sort().map((type) => {
    const read = routes.get(type) ?? null;
    return [type, read, nativeWay(type, read, registry)];
  });
  const terraform = terraformRows(routes, registry);
  const readable = terraform.filter(([, , read]) => read !== null);
  return {
    counts: [
      [
        'AWS: hashicorp/aws types that are read and compared',
        countOf(readable, ([, , , how]) => how !== 'existence'),
      ],
      [
        '… of them through a full lens or as a part',
        countOf(readable, ([, , , how]) => how === 'full' || how === 'part'),
      ],
      ['… hashicorp/aws types nobody can list', terraform.length - readable.length],
      ['AWS: native types that are read', countOf(native, ([, read]) => read !== null)],
      [
        '… by AWS Config',
        countOf(native, ([, read]) => read === READ.config || read === READ.both),
      ],
      ['… by Cloud Control only', countOf(native, ([, read]) => read === READ.control)],
      [
        '… with a schema of the CloudFormation registry (CloudFormation, hashicorp/awscc)',
        countOf(native, ([, read, how]) => read !== null && how === 'full'),
      ],
    ],
    body: `## AWS

Permissions: *Config* needs \`config:SelectResourceConfig\`, \`config:BatchGetResourceConfig\` and the two describe calls of the recorder, whatever the types. *Cloud Control* needs \`cloudformation:ListResources\`,
\`cloudformation:GetResource\` and the read and list permissions of the type itself (its handlers' permissions in the registry). AWS Config goes first; Cloud Control is asked for declared types it does not hold. A region may record less: see [Reading AWS](aws.md).

### hashicorp/aws

${table(['Terraform', 'native', 'read by', 'compares'], terraform.map(cells))}
### AWS Config and CloudFormation types

Also the types of hashicorp/awscc, whose names follow from these.

${table(['type', 'read by', 'compares'], native.map(cells))}`,
  };
}

function terraformRows(routes, registry) {
  const natives = catalogue('aws/terraform-types');
  const parts = catalogue('aws/terraform-parts');
  const schemas = described('aws/terraform');
  const answered = new Set([
    ...Object.keys(catalogue('aws/config-properties')),
    ...Object.keys(catalogue('aws/api-answers')),
    ...registry,
  ]);
  const types = [...new Set([...Object.keys(natives), ...Object.keys(parts), ...schemas])];
  return types
    .filter((type) => type.startsWith('aws_'))
    .sort()
    .map((type) => {
      const part = parts[type];
      const all = part?.parent ?? natives[type] ?? [];
      const known = all.find((one) => routes.get(one)) ?? null;
      const read = known && routes.get(known);
      const shown = part ? `in ${all.join(', ')}` : all.join(', ');
      return [
        type,
        shown,
        read,
        terraformWay({ read, part, known: schemas.has(type) && answered.has(known) }),
      ];
    });
}

function terraformWay({ read, part, known }) {
  if (read === null) return 'not read';
  if (part) return 'part';
  return known ? 'full' : 'generic';
}

function nativeWay(type, read, registry) {
  if (read === null) return 'not read';
  return registry.has(type) ? 'full' : 'generic';
}

/** As src/services/aws/type-routes.ts decides: what is listed only below a parent is not listed. */
function routesOf(readable) {
  return new Map(
    Object.entries(readable).map(([type, text]) => {
      const words = text.split(' ');
      const control = words.includes('read') && words.includes('list');
      if (words.includes('config')) return [type, control ? READ.both : READ.config];
      return [type, control ? READ.control : null];
    }),
  );
}

function cells(row) {
  return row.map((cell) => cell ?? '–');
}
