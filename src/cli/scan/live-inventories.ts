import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MemoryBuckets, QuotaLimiter } from '../../core/http/client/index.js';
import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
} from '../../core/providers/index.js';
import { expectedTypes } from '../../modules/drifts/detection/expected-types.js';
import { openKnowledge } from '../../modules/drifts/knowledge/knowledge-shelf.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import type { ActualSide } from './actual-side.js';
import { endpointOf, regionsOf } from './cloud-places.js';
import { readsAzure, type ScanOptions } from './scan-options.js';

type Side = readonly [InventoryFactory, InventoryConnection];

/** Reads the accounts and clusters the command line names, through the same inventories as the service. */
export async function openLiveInventories(
  options: ScanOptions,
  context: CommandContext,
): Promise<ActualSide> {
  const { actual, namespaces } = options;
  const inventories: Inventory[] = [];
  const limits = new QuotaLimiter({ store: new MemoryBuckets() });
  const open = async (
    factory: InventoryFactory,
    connection: InventoryConnection,
  ): Promise<void> => {
    inventories.push(await factory.create(connection, limits));
  };
  if (actual.aws) await open(...(await awsSide(options)));
  if (readsAzure(actual)) await open(...(await azureSide(options, context)));
  if (actual.gcpProject !== null)
    await open(...(await gcpSide(options, actual.gcpProject, context)));
  if (actual.kubeconfig !== null || actual.context !== null) {
    await open(...(await kubernetesSide(options)));
  }
  const close = async (): Promise<void> => {
    await Promise.all(inventories.map((inventory) => inventory.close()));
  };
  try {
    const identities = [];
    for (const inventory of inventories) identities.push(await inventory.identify(context.signal));
    // With several accounts, whose a resource is that names none cannot be told from who asks.
    const [only] = actual.awsOptions === null ? identities : [];
    return {
      summary: identities.map(
        ({ provider, accountId, principal }) => `${provider} ${accountId} as ${principal}`,
      ),
      accountId: identities.length === 1 ? (only?.accountId ?? null) : null,
      namespaces,
      deleted: [],
      histories: new Map(
        inventories.flatMap(({ provider, history }) => (history ? [[provider, history]] : [])),
      ),
      async *records(declared) {
        for (const inventory of inventories) {
          const expected = expectedTypes(declared, inventory.provider, openKnowledge());
          const regions = regionsOf(actual.regions, inventory.provider);
          const scope = { types: [], regions, namespaces, expected };
          yield* inventory.list(scope, context.signal);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The credentials of the AWS command line: environment, profile, single sign-on, instance role. */
async function awsSide({ actual }: ScanOptions): Promise<Side> {
  const { AwsInventoryFactory } = await import('../../services/aws/index.js');
  const factory = new AwsInventoryFactory({ localCredentials: true });
  const connection: InventoryConnection = {
    provider: 'aws',
    endpoint: endpointOf(actual.endpoints, 'aws'),
    regions: regionsOf(actual.regions, 'aws'),
    credentials: actual.profile === null ? {} : { profile: actual.profile },
    ...(actual.awsOptions === null ? {} : { options: actual.awsOptions }),
  };
  return [factory, connection];
}

/** A token in the environment, the client of Terraform or of the Azure SDKs, or what the machine has: Azure CLI, managed identity. */
async function azureSide({ actual }: ScanOptions, { environment }: CommandContext): Promise<Side> {
  const { AzureInventoryFactory } = await import('../../services/azure/index.js');
  const found = {
    accessToken: environment.AZURE_ACCESS_TOKEN,
    tenantId: environment.AZURE_TENANT_ID ?? environment.ARM_TENANT_ID,
    clientId: environment.AZURE_CLIENT_ID ?? environment.ARM_CLIENT_ID,
    clientSecret: environment.AZURE_CLIENT_SECRET ?? environment.ARM_CLIENT_SECRET,
    authorityHost: environment.AZURE_AUTHORITY_HOST,
  };
  const given = Object.entries(found).filter(([, value]) => value !== undefined && value !== '');
  const factory = new AzureInventoryFactory({ localCredentials: true });
  const connection: InventoryConnection = {
    provider: 'azure',
    endpoint: endpointOf(actual.endpoints, 'azure'),
    regions: regionsOf(actual.regions, 'azure'),
    credentials: {
      ...(Object.fromEntries(given) as Record<string, string>),
      subscriptionId: actual.azureSubscriptions.join(','),
      managementGroupId: actual.azureManagementGroups.join(','),
    },
  };
  return [factory, connection];
}

/** The credentials of gcloud and of Terraform: a token in the environment, or application default credentials. */
async function gcpSide(
  { actual }: ScanOptions,
  scope: string,
  { environment }: CommandContext,
): Promise<Side> {
  const { GcpInventoryFactory } = await import('../../services/gcp/index.js');
  const accessToken =
    environment.CLOUDSDK_AUTH_ACCESS_TOKEN ?? environment.GOOGLE_OAUTH_ACCESS_TOKEN;
  const factory = new GcpInventoryFactory({ localCredentials: true });
  const connection: InventoryConnection = {
    provider: 'gcp',
    endpoint: endpointOf(actual.endpoints, 'gcp'),
    regions: regionsOf(actual.regions, 'gcp'),
    credentials: { scope, ...(accessToken ? { accessToken } : {}) },
  };
  return [factory, connection];
}

/** A kubeconfig as kubectl finds it, with its credential plugins and the files it names. */
async function kubernetesSide({ actual }: ScanOptions): Promise<Side> {
  const file = actual.kubeconfig ?? path.join(os.homedir(), '.kube', 'config');
  const kubeconfig = await readFile(file, 'utf8').catch((error: unknown) => {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  const { KubernetesInventoryFactory } = await import('../../services/kubernetes/index.js');
  const factory = new KubernetesInventoryFactory({ localCredentials: true });
  const connection: InventoryConnection = {
    provider: 'kubernetes',
    endpoint: clusterEndpoint(actual),
    regions: [],
    credentials: {
      kubeconfig,
      kubeconfigDirectory: path.dirname(path.resolve(file)),
      ...contextOf(actual.context),
    },
  };
  return [factory, connection];
}

/** Beside a cloud a plain `--endpoint` is the cloud's and not the cluster's. */
function clusterEndpoint(actual: ScanOptions['actual']): string | null {
  const cloud = actual.aws || readsAzure(actual) || actual.gcpProject !== null;
  return endpointOf(cloud ? { ...actual.endpoints, plain: [] } : actual.endpoints, 'kubernetes');
}

/** Several are several clusters. */
function contextOf(context: string | null): Record<string, string> {
  if (context === null) return {};
  return context === '*' || context.includes(',') ? { contexts: context } : { context };
}
