import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../core/errors/index.js';
import { startChild, type Child } from './child-process.js';

/** Where the example's clouds answer, as the sandbox reports it. */
export interface SandboxAddresses {
  readonly aws?: {
    readonly endpoint: string;
    readonly accounts: readonly {
      readonly accountId: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    }[];
  };
  readonly azure?: {
    readonly endpoint: string;
    readonly accessToken: string;
    readonly subscriptions: readonly string[];
  } | null;
  readonly gcp?: {
    readonly endpoint: string;
    readonly projects: readonly {
      readonly projectId: string;
      readonly accessToken: string;
    }[];
  } | null;
  readonly kubernetes?: readonly {
    readonly cluster: string;
    readonly endpoint: string;
    readonly token: string;
  }[];
}

export interface SandboxClouds {
  readonly child: Child;
  readonly addresses: SandboxAddresses;
}

const READY_TIMEOUT_MS = 30_000;

/** Starts the example's clouds: servers that speak the providers' own protocols over `examples/live`. */
export async function startSandboxClouds(options: {
  readonly entry: string;
  readonly estate: string;
  readonly logFolder: string;
  readonly signal: AbortSignal;
}): Promise<SandboxClouds> {
  const readyFile = path.join(options.logFolder, 'sandbox.json');
  await rm(readyFile, { force: true });
  const child = startChild({
    name: 'sandbox',
    entry: options.entry,
    args: ['--estate', options.estate, '--ready-file', readyFile],
    environment: { NODE_ENV: 'production' },
    logFolder: options.logFolder,
  });
  const addresses = await Promise.race([
    waitForFile(readyFile, options.signal),
    child.failed.then((error) => {
      throw error;
    }),
  ]);
  return { child, addresses };
}

async function waitForFile(file: string, signal: AbortSignal): Promise<SandboxAddresses> {
  for (let waited = 0; waited < READY_TIMEOUT_MS; waited += 50) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return JSON.parse(text) as SandboxAddresses;
    await sleep(50, undefined, { signal });
  }
  throw new DomainError({
    code: 'UP.SANDBOX_SILENT',
    kind: 'unavailable',
    message: 'The sandbox clouds of the example did not start in time.',
  });
}
