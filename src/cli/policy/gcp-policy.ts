import { REQUIRED_PERMISSIONS } from '../../services/gcp/required-permissions.js';
import type { Policy, PolicyRequest } from './policy-options.js';

const STATE_READS = ['storage.objects.get', 'storage.objects.list'];

/** https://cloud.google.com/asset-inventory/docs/access-control: rights by content, not by type. */
export function gcpPolicy({ types, parts, organization }: PolicyRequest): Policy {
  const wanted = REQUIRED_PERMISSIONS.filter(
    ({ part }) => part === 'listing' || parts.includes(part),
  );
  const includedPermissions = [
    ...wanted.flatMap(({ permissions }) => permissions),
    ...(parts.includes('states') ? STATE_READS : []),
  ].sort();
  const title = 'DriftGuard read';
  const description = 'Lists assets and their policies; changes nothing.';
  const list = includedPermissions.map((one) => `    ${JSON.stringify(one)},\n`).join('');
  const scope = organization ? '  org_id      = "ORGANIZATION-NUMBER"\n' : '';
  return {
    document: { title, description, stage: 'GA', includedPermissions },
    terraform: {
      type: organization ? 'google_organization_iam_custom_role' : 'google_project_iam_custom_role',
      body: `${scope}  role_id     = "driftguardRead"\n  title       = "${title}"\n  description = "${description}"\n  permissions = [\n${list}  ]\n`,
    },
    defaultFormat: 'yaml',
    notices:
      types.length > 0
        ? ['Cloud Asset Inventory grants every type or none: --types narrows nothing here.']
        : [],
  };
}
