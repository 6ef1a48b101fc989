import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiClient } from './api-client.js';
import type { ApiEnvironment, NewEnvironment, NewSource } from './api-types.js';
import type { SandboxAddresses } from './sandbox-clouds.js';

interface ExampleEnvironment extends Omit<NewEnvironment, 'credentials'> {
  readonly cluster?: string;
  readonly subscription?: string;
  readonly project?: string;
  readonly sources: readonly Omit<NewSource, 'environment_id'>[];
}

interface Target {
  readonly endpoint: string;
  readonly credentials: Record<string, string>;
}

/**
 * Registers what `examples/environments.json` describes, through the API. What is there already stays; only the address of
 * the sandbox clouds, which changes with every start, is set anew. Answers the example's environments.
 */
export async function registerExampleEstate(
  api: ApiClient,
  examples: string,
  sandbox: SandboxAddresses,
): Promise<ApiEnvironment[]> {
  const text = await readFile(path.join(examples, 'environments.json'), 'utf8');
  const { environments } = JSON.parse(text) as { environments: readonly ExampleEnvironment[] };
  const existing = new Map((await api.listEnvironments()).map((one) => [one.name, one]));
  const registered: ApiEnvironment[] = [];
  for (const description of environments) {
    const target = targetOf(description, sandbox);
    const known = existing.get(description.name);
    const environment = known ?? (await api.createEnvironment(toRequest(description, target)));
    if (known !== undefined && known.cloud_settings.endpoint !== target.endpoint) {
      await api.pointEnvironment(known.id, target.endpoint);
      await api.replaceCredentials(known.id, target.credentials);
    }
    await registerSources(api, environment.id, description.sources);
    registered.push(environment);
  }
  return registered;
}

async function registerSources(
  api: ApiClient,
  environmentId: string,
  sources: ExampleEnvironment['sources'],
): Promise<void> {
  const names = new Set((await api.listSources(environmentId)).map(({ name }) => name));
  for (const source of sources) {
    if (!names.has(source.name))
      await api.createSource({ ...source, environment_id: environmentId });
  }
}

function toRequest(description: ExampleEnvironment, target: Target): NewEnvironment {
  const { name, provider, criticality, is_production } = description;
  return {
    name,
    description: description.description,
    provider,
    criticality,
    is_production,
    cloud_settings: { ...description.cloud_settings, endpoint: target.endpoint },
    credentials: target.credentials,
  };
}

function targetOf(description: ExampleEnvironment, sandbox: SandboxAddresses): Target {
  const account = sandbox.aws?.accounts[0];
  if (description.provider === 'aws' && sandbox.aws !== undefined && account !== undefined) {
    const { accessKeyId, secretAccessKey } = account;
    return { endpoint: sandbox.aws.endpoint, credentials: { accessKeyId, secretAccessKey } };
  }
  const subscriptionId = description.subscription ?? '';
  if (description.provider === 'azure' && sandbox.azure?.subscriptions.includes(subscriptionId)) {
    const { accessToken, endpoint } = sandbox.azure;
    return { endpoint, credentials: { accessToken, subscriptionId } };
  }
  const project = sandbox.gcp?.projects.find((one) => one.projectId === description.project);
  if (description.provider === 'gcp' && sandbox.gcp && project !== undefined) {
    const { accessToken, projectId } = project;
    const credentials = { accessToken, scope: `projects/${projectId}` };
    return { endpoint: sandbox.gcp.endpoint, credentials };
  }
  const cluster = sandbox.kubernetes?.find((one) => one.cluster === description.cluster);
  if (description.provider === 'kubernetes' && cluster !== undefined) {
    // The name stays when the sandbox's port changes, so its objects stay the same objects.
    const credentials = { token: cluster.token, clusterName: cluster.cluster };
    return { endpoint: cluster.endpoint, credentials };
  }
  throw new Error(`the sandbox serves no target for the environment ${description.name}`);
}
