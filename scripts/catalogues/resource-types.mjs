// Writes docs/resource-types.md from the committed catalogues: every type, how it is read, how it compares. `--check` compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { awsTables } from './resource-types/aws.mjs';
import { azureTables } from './resource-types/azure.mjs';
import { root } from './resource-types/catalogue.mjs';
import { googleTables } from './resource-types/google.mjs';
import { kubernetesTables } from './resource-types/kubernetes.mjs';

const target = path.join(root, 'docs/resource-types.md');

const HEAD = `# Resource types

Generated from the catalogues (\`node scripts/catalogues/resource-types.mjs\`); what they are and where they come from is in [Adding a resource type](adding-a-resource-type.md).
How well types compare is measured, not listed: [accuracy](accuracy.md).

How a type compares:

| word | what it means |
|---|---|
| full | the names on both sides are known from published schemas: attributes are compared one by one; what has no counterpart is listed as not compared |
| part | declared by itself, lives inside another resource: compared with that place in it |
| policy | an access policy, kept beside the resource: members and roles are compared |
| generic | names are matched by the provider's conventions only: what fits is compared, the rest is listed as not compared |
| existence | only whether it is there: nothing of it could be compared with certainty |
| not read | no API lists it: such a resource is reported as not checked, never as deleted |
`;

const sections = [awsTables(), googleTables(), azureTables(), kubernetesTables()];
const counts = sections.flatMap(({ counts: lines }) => lines);
const text = [
  HEAD,
  `## Counts\n\n| | types |\n|---|---|\n${counts.map(([what, count]) => `| ${what} | ${count} |`).join('\n')}\n`,
  ...sections.map(({ body }) => body),
].join('\n');

if (process.argv.includes('--check')) {
  const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (current !== text) {
    console.error(
      'docs/resource-types.md is not current: node scripts/catalogues/resource-types.mjs',
    );
    process.exit(1);
  }
} else writeFileSync(target, text);
