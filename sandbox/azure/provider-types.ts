import type { JsonObject } from '../json.js';

/** Types of which Resource Manager keeps track, by provider, in the spelling of the provider. */
const TRACKED: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Cache': ['Redis'],
  'Microsoft.Compute': ['disks', 'virtualMachines', 'virtualMachineScaleSets', 'snapshots'],
  'Microsoft.ContainerRegistry': ['registries'],
  'Microsoft.ContainerService': ['managedClusters'],
  'Microsoft.DocumentDB': ['databaseAccounts'],
  'Microsoft.EventHub': ['namespaces'],
  'Microsoft.Insights': ['actionGroups', 'components', 'metricAlerts', 'scheduledQueryRules'],
  'Microsoft.KeyVault': ['vaults'],
  'Microsoft.ManagedIdentity': ['userAssignedIdentities'],
  'Microsoft.Network': [
    'applicationGateways',
    'dnsZones',
    'loadBalancers',
    'natGateways',
    'networkInterfaces',
    'networkSecurityGroups',
    'privateEndpoints',
    'publicIPAddresses',
    'routeTables',
    'virtualNetworks',
  ],
  'Microsoft.OperationalInsights': ['workspaces'],
  'Microsoft.ServiceBus': ['namespaces'],
  'Microsoft.Sql': ['servers', 'servers/databases'],
  'Microsoft.Storage': ['storageAccounts'],
  'Microsoft.Web': ['serverFarms', 'sites'],
};

/** Types only their provider keeps. */
const UNTRACKED: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Authorization': ['locks', 'roleAssignments', 'roleDefinitions'],
  'Microsoft.Insights': ['diagnosticSettings'],
  'Microsoft.KeyVault': ['vaults/secrets'],
  'Microsoft.Network': ['networkSecurityGroups/securityRules', 'virtualNetworks/subnets'],
  'Microsoft.ServiceBus': ['namespaces/queues', 'namespaces/topics'],
  'Microsoft.Storage': [
    'storageAccounts/blobServices/containers',
    'storageAccounts/queueServices/queues',
  ],
};

const TRACKED_CAPABILITIES =
  'CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation';

/** The answer of https://learn.microsoft.com/rest/api/resources/providers/get; null for a provider nobody knows. */
export function providerOf(subscriptionId: string, namespace: string): JsonObject | null {
  const name = Object.keys({ ...TRACKED, ...UNTRACKED }).find(
    (known) => known.toLowerCase() === namespace.toLowerCase(),
  );
  if (!name) return null;
  const types = (kinds: readonly string[] | undefined, capabilities: string): JsonObject[] =>
    (kinds ?? []).map((resourceType) => ({ resourceType, locations: [], capabilities }));
  return {
    id: `/subscriptions/${subscriptionId}/providers/${name}`,
    namespace: name,
    registrationState: 'Registered',
    resourceTypes: [
      ...types(TRACKED[name], TRACKED_CAPABILITIES),
      ...types(UNTRACKED[name], 'None'),
    ],
  };
}
