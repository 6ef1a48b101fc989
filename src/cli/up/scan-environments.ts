import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../core/errors/index.js';
import type { Progress } from '../output/progress.js';
import type { ScanResult } from '../output/scan-result.js';
import type { ApiClient } from './api-client.js';
import type { ApiEnvironment, ApiScan } from './api-types.js';
import { showApiScan } from './show-api-scan.js';

export interface EnvironmentResult {
  readonly environment: ApiEnvironment;
  readonly scan: ApiScan;
  /** Null when the scan failed; then `scan.problems` says why. */
  readonly result: ScanResult | null;
}

const POLL_MS = 250;

/** Scans environments one after the other through the API and its queue, and fetches what is open afterwards. */
export async function scanEnvironments(
  api: ApiClient,
  environments: readonly ApiEnvironment[],
  progress: Progress,
  signal: AbortSignal,
): Promise<EnvironmentResult[]> {
  const results: EnvironmentResult[] = [];
  for (const environment of environments) {
    const started = await startOrJoin(api, environment.id);
    const scan = await finishedScan(api, started, environment.name, progress, signal);
    const ended = scan.status === 'succeeded' || scan.status === 'partial';
    const result = ended ? showApiScan(scan, await api.listOpenDrifts(environment.id)) : null;
    results.push({ environment, scan, result });
  }
  return results;
}

/** A run that was killed may have left a scan, which the worker is finishing now. */
async function startOrJoin(api: ApiClient, environmentId: string): Promise<ApiScan> {
  try {
    return await api.startScan(environmentId);
  } catch (error) {
    const active = error instanceof DomainError ? error.details.scan_id : undefined;
    if (typeof active !== 'string') throw error;
    return api.getScan(active);
  }
}

async function finishedScan(
  api: ApiClient,
  started: ApiScan,
  name: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<ApiScan> {
  let scan = started;
  while (scan.status === 'queued' || scan.status === 'running') {
    const { done, total, label } = scan.progress;
    const steps = total === null ? '' : ` ${done}/${total}`;
    progress.update(`Scanning ${name}${steps} ${label}`.trimEnd());
    await sleep(POLL_MS, undefined, { signal });
    scan = await api.getScan(started.id);
  }
  progress.clear();
  return scan;
}
