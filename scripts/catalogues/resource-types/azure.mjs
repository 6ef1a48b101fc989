import { catalogue, catalogues, countOf, described, table } from './catalogue.mjs';

/** Types of hashicorp/azurerm, and the ARM types whose published schema is at hand. */
export function azureTables() {
  const natives = catalogue('azure/terraform-types');
  const written = described('azure/azurerm');
  const shaped = described('azure/shapes');
  const types = [...new Set([...Object.keys(natives), ...written])].sort();
  const rows = types.map((type) => {
    const found = natives[type] ?? [];
    return [type, found.join(', ') || '–', wayOf({ type, found, written, shaped })];
  });
  const arm = catalogues('azure/arm').flatMap(([namespace, { types: own }]) =>
    Object.keys(own).map((type) => `${namespace}/${type}`),
  );
  return {
    counts: [
      ['Azure: azurerm types with a full lens', countOf(rows, ([, , how]) => how === 'full')],
      [
        '… azurerm types compared by the conventions of the provider',
        countOf(rows, ([, , how]) => how === 'generic'),
      ],
      [
        '… azurerm types of which only the existence is told',
        countOf(rows, ([, , how]) => how === 'existence'),
      ],
      ['Azure through azapi', 'every type Resource Graph lists'],
      [
        '… of them with a published ARM schema at hand (read-only and secret properties, defaults)',
        arm.length,
      ],
    ],
    body: `## Azure

All are read by Resource Graph (tables Resources and ResourceContainers). Permission: \`<type>/read\` at the subscription, which Reader holds. Types Resource Graph does not hold, as most children of a resource, get no coverage and are not checked.

\`azapi_resource\` speaks the words of ARM: every type is compared as it is written, in full, and with the schemas below it is known what is read-only or secret.

### hashicorp/azurerm

${table(['Terraform', 'ARM type', 'compares'], rows)}
### ARM schemas at hand

${table(
  ['namespace', 'types'],
  catalogues('azure/arm').map(([namespace, { types: own }]) => [
    namespace,
    Object.keys(own).sort().join(', '),
  ]),
)}`,
  };
}

function wayOf({ type, found, written, shaped }) {
  if (written.has(type)) return 'full';
  if (found.length === 0) return 'not read';
  return shaped.has(type) ? 'generic' : 'existence';
}
