import { REQUIRED_ACTIONS } from '../../services/azure/required-actions.js';
import type { Policy, PolicyRequest } from './policy-options.js';

const STATE_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';

/** https://learn.microsoft.com/azure/role-based-access-control/custom-roles */
export function azurePolicy({ types, parts, organization }: PolicyRequest): Policy {
  const calls = REQUIRED_ACTIONS.filter(({ part }) => part === 'listing' || parts.includes(part));
  const reads = types.length === 0 ? ['*/read'] : types.map((type) => `${type}/read`);
  const actions = [...new Set([...calls.flatMap(({ actions: one }) => [...one]), ...reads])].sort();
  const dataActions = parts.includes('states') ? [STATE_READ] : [];
  const scope = organization
    ? '/providers/Microsoft.Management/managementGroups/GROUP-ID'
    : '/subscriptions/SUBSCRIPTION-ID';
  const Name = 'DriftGuard read';
  const Description = 'Reads resources and who changed them; changes nothing.';
  const lines = (values: readonly string[]): string =>
    values.map((one) => `      ${JSON.stringify(one)},\n`).join('');
  const data = dataActions.length > 0 ? `    data_actions = [\n${lines(dataActions)}    ]\n` : '';
  return {
    document: {
      Name,
      IsCustom: true,
      Description,
      Actions: actions,
      NotActions: [],
      DataActions: dataActions,
      NotDataActions: [],
      AssignableScopes: [scope],
    },
    terraform: {
      type: 'azurerm_role_definition',
      body: `  name        = "${Name}"\n  scope       = "${scope}"\n  description = "${Description}"\n  permissions {\n    actions = [\n${lines(actions)}    ]\n${data}  }\n`,
    },
    defaultFormat: 'json',
    notices: [`Replace ${scope.split('/').at(-1) ?? ''} in the scope.`],
  };
}
