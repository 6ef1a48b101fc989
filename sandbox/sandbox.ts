import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AwsCloud } from './aws/aws-cloud.js';
import { loadAwsEstate } from './aws/aws-estate.js';
import type { AwsAccount } from './aws/aws-estate.js';
import { loadOrganization } from './aws/organization.js';
import { AzureCloud } from './azure/azure-cloud.js';
import { loadAzureEstate } from './azure/azure-estate.js';
import type { AzureTenant } from './azure/azure-estate.js';
import { GcpCloud } from './gcp/gcp-cloud.js';
import { loadGcpEstate } from './gcp/gcp-estate.js';
import type { GcpProject } from './gcp/gcp-estate.js';
import { TfeCloud } from './tfe/tfe-cloud.js';
import { loadTfeEstate } from './tfe/tfe-estate.js';
import { KubernetesCloud } from './kubernetes/kubernetes-cloud.js';
import { loadClusters } from './kubernetes/kubernetes-estate.js';
import { EstateError } from './estate-error.js';
import { FaultRuleError, parseFaultRule } from './faults/fault-rule.js';
import type { FaultRule } from './faults/fault-rule.js';
import type { Json } from './json.js';
import type { Cloud } from './server/cloud.js';
import { serveCloud } from './server/cloud-server.js';
import type { RunningServer } from './server/cloud-server.js';

export interface SandboxOptions {
  readonly estate: string;
  /** 0 takes a free port. */
  readonly awsPort: number;
  readonly azurePort?: number;
  readonly gcpPort?: number;
  readonly kubernetesPort: number;
  readonly tfePort?: number;
}

/** Where the fake clouds listen, and credentials they accept. */
export interface SandboxAddresses {
  /** Null when the estate has no AWS account. */
  readonly aws: {
    readonly endpoint: string;
    readonly accounts: readonly {
      readonly accountId: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly regions: readonly string[];
    }[];
  } | null;
  /** Null when the estate has no Azure subscription. Entra's token endpoint is at the same address. */
  readonly azure: {
    readonly endpoint: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly accessToken: string;
    readonly subscriptions: readonly string[];
  } | null;
  /** Null when the estate has no Google project. */
  readonly gcp: {
    readonly endpoint: string;
    readonly projects: readonly {
      readonly projectId: string;
      readonly accessToken: string;
      /** Content of a key file of its service account. */
      readonly serviceAccountKey: string;
    }[];
  } | null;
  readonly kubernetes: readonly {
    readonly cluster: string;
    readonly endpoint: string;
    readonly token: string;
  }[];
  /** HCP Terraform; null when the estate has no organization. */
  readonly tfe: {
    readonly endpoint: string;
    readonly organizations: readonly { readonly name: string; readonly token: string }[];
  } | null;
}

export interface RunningSandbox {
  readonly addresses: SandboxAddresses;
  close(): Promise<void>;
}

/** Starts a server for AWS, one for Azure, one for Google Cloud, one for HCP Terraform and one for each cluster of the estate. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  if (!existsSync(options.estate)) throw new Error(`There is no estate folder ${options.estate}.`);
  const accounts = loadAwsEstate(options.estate);
  const tenant = loadAzureEstate(options.estate);
  const projects = loadGcpEstate(options.estate);
  const clusters = loadClusters(options.estate);
  const organizations = loadTfeEstate(options.estate);
  const subscriptions = tenant?.subscriptions ?? [];
  const found = [accounts, subscriptions, projects, clusters, organizations];
  if (found.every(({ length }) => length === 0)) {
    throw new Error(
      `${options.estate} holds neither aws/<account> nor azure/<subscription> nor gcp/<project> nor kubernetes/<cluster> nor tfe/<organization>.`,
    );
  }
  const faults = loadFaults(options.estate);
  const servers: RunningServer[] = [];
  const serve = async (cloud: Cloud, port: number): Promise<string> => {
    const server = await serveCloud(cloud, port, faults);
    servers.push(server);
    return server.url;
  };
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    const aws =
      accounts.length > 0
        ? {
            endpoint: await serve(
              new AwsCloud(accounts, loadOrganization(options.estate)),
              options.awsPort,
            ),
            accounts: accounts.map(describeAccount),
          }
        : null;
    const azure =
      tenant !== null && subscriptions.length > 0
        ? describeTenant(tenant, await serve(new AzureCloud(tenant), options.azurePort ?? 0))
        : null;
    const gcp = projects.length > 0 ? await serveGcp(projects, options.gcpPort ?? 0, serve) : null;
    const kubernetes: SandboxAddresses['kubernetes'][number][] = [];
    for (const [index, cluster] of clusters.entries()) {
      const port = options.kubernetesPort && options.kubernetesPort + index;
      const endpoint = await serve(new KubernetesCloud(cluster), port);
      const token = cluster.settings.token ?? 'sandbox-token';
      kubernetes.push({ cluster: cluster.name, endpoint, token });
    }
    const tfe =
      organizations.length > 0
        ? {
            endpoint: await serve(new TfeCloud(organizations), options.tfePort ?? 0),
            organizations: organizations.map(({ name, token }) => ({ name, token })),
          }
        : null;
    return { addresses: { aws, azure, gcp, kubernetes, tfe }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function describeTenant(tenant: AzureTenant, endpoint: string): SandboxAddresses['azure'] {
  const { tenantId, clientId, clientSecret, accessToken, subscriptions } = tenant;
  return {
    endpoint,
    tenantId,
    clientId,
    clientSecret,
    accessToken,
    subscriptions: subscriptions.map(({ subscriptionId }) => subscriptionId),
  };
}

async function serveGcp(
  projects: readonly GcpProject[],
  port: number,
  serve: (cloud: Cloud, port: number) => Promise<string>,
): Promise<SandboxAddresses['gcp']> {
  const cloud = new GcpCloud(projects);
  const endpoint = await serve(cloud, port);
  return {
    endpoint,
    projects: projects.map((project) => ({
      projectId: project.projectId,
      accessToken: project.token,
      serviceAccountKey: cloud.tokens.keyFile(project),
    })),
  };
}

function loadFaults(estate: string): FaultRule[] {
  const file = path.join(estate, 'faults.json');
  if (!existsSync(file)) return [];
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as Json;
    if (!Array.isArray(content)) throw new FaultRuleError('It is not a JSON array of faults.');
    return content.map(parseFaultRule);
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describeAccount({ accountId, accessKeyIds, regions }: AwsAccount) {
  return {
    accountId,
    accessKeyId: accessKeyIds[0] ?? `AKIASANDBOX${accountId}`,
    secretAccessKey: 'sandbox-secret',
    regions: Object.keys(regions),
  };
}
