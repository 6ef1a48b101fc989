import { catalogue, countOf, described, table } from './catalogue.mjs';

const IAM = /_iam_(binding|member|policy|audit_config)$/;

/** Types of hashicorp/google and google-beta. */
export function googleTables() {
  const assets = catalogue('gcp/terraform-types');
  const fields = new Set([...described('gcp/fields'), ...Object.keys(catalogue('gcp/overlay'))]);
  const types = [...new Set([...Object.keys(assets), ...fields])]
    .filter((type) => type.startsWith('google_'))
    .sort();
  const rows = types.map((type) => {
    const found = assets[type] ?? [];
    return [type, found.join(', ') || '–', wayOf(type, found, fields)];
  });
  const listed = new Set(Object.values(assets).flat());
  const supported = supportedTypes(listed);
  const declaredAs = Map.groupBy(
    Object.entries(assets).flatMap(([type, found]) =>
      IAM.test(type) ? [] : found.map((one) => [one, type]),
    ),
    ([asset]) => asset,
  );
  const natives = supported.map((asset) => [
    asset,
    (declaredAs.get(asset) ?? []).map(([, type]) => type).join(', ') || '–',
  ]);
  return {
    counts: [
      [
        'Google Cloud: Terraform types that are read and compared',
        countOf(rows, ([, , how]) => how !== 'not read'),
      ],
      ['… of them through a full lens', countOf(rows, ([, , how]) => how === 'full')],
      ['… access policies', countOf(rows, ([, , how]) => how === 'policy')],
      ['… asset types they are found under', listed.size],
      ['Google Cloud: asset types that are read', supported.length],
    ],
    body: `## Google Cloud

All are read by Cloud Asset Inventory, which lists every type it supports. Permissions: \`cloudasset.assets.listResource\`, for policies \`cloudasset.assets.listIamPolicy\` as well (both in \`roles/cloudasset.viewer\`).

${table(['Terraform', 'asset type', 'compares'], rows)}
### Asset types

A scan that names no types lists the names of everything first, in one listing without types, and then reads what is there: no type has to be in this table to be read, and none is asked for by name but those that are declared. What no code declares is
reported as not declared. The table holds the [published types](https://cloud.google.com/asset-inventory/docs/asset-types) and those Terraform types are found under.

${table(['asset type', 'declared as'], natives)}`,
  };
}

/** As Cloud Asset Inventory publishes them, and those of the Terraform map, which is at times ahead of the page. */
function supportedTypes(listed) {
  const published = Object.entries(catalogue('gcp/asset-types'))
    .filter(([service]) => !service.startsWith('$'))
    .flatMap(([service, kinds]) => kinds.map((kind) => `${service}/${kind}`));
  return [...new Set([...published, ...listed])].sort();
}

function wayOf(type, assets, fields) {
  if (assets.length === 0) return 'not read';
  if (IAM.test(type)) return 'policy';
  return fields.has(type) ? 'full' : 'generic';
}
