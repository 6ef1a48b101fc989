import { at, byProvider, childOf, type ClassRule, textAt } from './class-rule.js';

/**
 * Names Azure gives what it makes on first use. https://learn.microsoft.com/azure/network-watcher/network-watcher-create,
 * https://learn.microsoft.com/azure/azure-monitor/logs/workspace-design, https://learn.microsoft.com/azure/cloud-shell/persisting-shell-storage
 */
const RESERVED: readonly (readonly [type: RegExp, name: RegExp, reason: string])[] = [
  [
    /resourcegroups$/,
    /^(NetworkWatcherRG|DefaultResourceGroup-\w+|cloud-shell-storage-\w+|Default-\w+)$/i,
    'made by Azure on first use',
  ],
  [/networkwatchers$/, /^NetworkWatcher_\w+$/i, 'every region has one'],
  [/operationalinsights\/workspaces$/, /^DefaultWorkspace-/i, 'made by Azure on first use'],
  [/actiongroups$/, /^Application Insights Smart Detection$/i, 'made by Application Insights'],
  [/smartdetectoralertrules$/, /^Failure Anomalies/i, 'made by Application Insights'],
  [/sql\/servers\/databases$/, /^master$/i, 'every server has one'],
  [
    /eventhub\/namespaces\/authorizationrules$|servicebus\/namespaces\/authorizationrules$|relay\/namespaces\/authorizationrules$/,
    /^RootManageSharedAccessKey$/i,
    'every namespace has one',
  ],
  [/eventhubs\/consumergroups$/, /^\$Default$/i, 'every event hub has one'],
];

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

const reserved: ClassRule = ({ type, name, id }) => {
  const own = lastPart(name ?? id);
  const found = RESERVED.find(
    ([kind, pattern]) => kind.test(type.toLowerCase()) && pattern.test(own),
  );
  return found && byProvider(found[2]);
};

/** `managedBy` names the resource that made it: a cluster's node group, the disk of a machine. */
const managedBy: ClassRule = (resource, context) => {
  const maker = textAt(resource, 'managedBy') || textAt(resource, 'properties', 'managedBy');
  if (maker === '') return undefined;
  return childOf(context.owner(maker) ?? lastPart(maker));
};

/** The node resource group of AKS and everything in it. https://learn.microsoft.com/azure/aks/faq */
const nodeGroup: ClassRule = (resource) => {
  const group = resource.scope.namespace ?? '';
  const [, , cluster] = /^MC_([^_]+)_(.+)_[^_]+$/i.exec(group || lastPart(resource.id)) ?? [];
  return cluster === undefined ? undefined : childOf(`the AKS cluster ${cluster}`);
};

/** An interface or disk of a declared machine. */
const ofMachine: ClassRule = (resource, context) => {
  const machine =
    at(resource, 'properties', 'virtualMachine', 'id') ?? at(resource, 'virtualMachine', 'id');
  const owner = typeof machine === 'string' ? context.owner(machine) : undefined;
  return owner === undefined ? undefined : childOf(owner);
};

/** Roles Azure defines itself. */
const builtInRole: ClassRule = (resource) =>
  /roledefinitions$/i.test(resource.type) &&
  [textAt(resource, 'properties', 'type'), textAt(resource, 'type')].includes('BuiltInRole')
    ? byProvider('a role Azure defines')
    : undefined;

const RULES: readonly ClassRule[] = [reserved, builtInRole, managedBy, nodeGroup, ofMachine];

export const azureClass: ClassRule = (resource, context) => {
  if (resource.provider !== 'azure') return undefined;
  for (const rule of RULES) {
    const found = rule(resource, context);
    if (found) return found;
  }
  return undefined;
};
