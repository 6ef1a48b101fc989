import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Inventory } from '../../core/providers/index.js';
import { expectedTypes } from '../../modules/drifts/detection/expected-types.js';
import { openKnowledge } from '../../modules/drifts/knowledge/knowledge-shelf.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import type { ActualSide } from './actual-side.js';
import type { ScanOptions } from './scan-options.js';

/** Reads the accounts and clusters the command line names, through the same inventories as the service. */
export async function openLiveInventories(
  options: ScanOptions,
  context: CommandContext,
): Promise<ActualSide> {
  const { actual, namespaces } = options;
  const inventories: Inventory[] = [];
  if (actual.aws) inventories.push(await openAws(options));
  if (actual.kubeconfig !== null || actual.context !== null) {
    inventories.push(await openKubernetes(options));
  }
  const close = async (): Promise<void> => {
    await Promise.all(inventories.map((inventory) => inventory.close()));
  };
  try {
    const identities = [];
    for (const inventory of inventories) identities.push(await inventory.identify(context.signal));
    const [only] = identities;
    return {
      summary: identities.map(
        ({ provider, accountId, principal }) => `${provider} ${accountId} as ${principal}`,
      ),
      accountId: identities.length === 1 ? (only?.accountId ?? null) : null,
      namespaces,
      deleted: [],
      async *records(declared) {
        for (const inventory of inventories) {
          const expected = expectedTypes(declared, inventory.provider, openKnowledge());
          const scope = { types: [], regions: actual.regions, namespaces, expected };
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
async function openAws({ actual }: ScanOptions): Promise<Inventory> {
  const { AwsInventoryFactory } = await import('../../services/aws/index.js');
  return new AwsInventoryFactory({ localCredentials: true }).create({
    provider: 'aws',
    endpoint: actual.endpoint,
    regions: actual.regions,
    credentials: actual.profile === null ? {} : { profile: actual.profile },
  });
}

/** A kubeconfig as kubectl finds it, with its credential plugins and the files it names. */
async function openKubernetes({ actual }: ScanOptions): Promise<Inventory> {
  const file = actual.kubeconfig ?? path.join(os.homedir(), '.kube', 'config');
  const kubeconfig = await readFile(file, 'utf8').catch((error: unknown) => {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  const { KubernetesInventoryFactory } = await import('../../services/kubernetes/index.js');
  return new KubernetesInventoryFactory({ localCredentials: true }).create({
    provider: 'kubernetes',
    endpoint: actual.aws ? null : actual.endpoint,
    regions: [],
    credentials: {
      kubeconfig,
      kubeconfigDirectory: path.dirname(path.resolve(file)),
      ...(actual.context === null ? {} : { context: actual.context }),
    },
  });
}
