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
  return {
    counts: [
      [
        'Google Cloud: Terraform types that are read and compared',
        countOf(rows, ([, , how]) => how !== 'not read'),
      ],
      ['… of them through a full lens', countOf(rows, ([, , how]) => how === 'full')],
      ['… access policies', countOf(rows, ([, , how]) => how === 'policy')],
      ['… asset types they are found under', listed.size],
    ],
    body: `## Google Cloud

All are read by Cloud Asset Inventory, which lists every type it supports. Permissions: \`cloudasset.assets.listResource\`, for policies \`cloudasset.assets.listIamPolicy\` as well (both in \`roles/cloudasset.viewer\`).

${table(['Terraform', 'asset type', 'compares'], rows)}`,
  };
}

function wayOf(type, assets, fields) {
  if (assets.length === 0) return 'not read';
  if (IAM.test(type)) return 'policy';
  return fields.has(type) ? 'full' : 'generic';
}
