import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../core/errors/index.js';
import type { Progress } from '../output/progress.js';
import type { ScanResult } from '../output/scan-result.js';
import type { ApiClient } from './api-client.js';
import type { ApiDrift, ApiEnvironment, ApiScan } from './api-types.js';
import { showApiScan } from './show-api-scan.js';

export interface EnvironmentResult {
  readonly environment: ApiEnvironment;
  readonly scan: ApiScan;
  /** Null when the scan failed; then `scan.problems` says why. */
  readonly result: ScanResult | null;
}

const POLL_MS = 250;
const KEEPS_LOG: ReadonlySet<string> = new Set(['aws', 'azure', 'gcp']);
const WHO_POLL_MS = 1500;
const WHO_WAIT_MS = 6000;

/** Scans environments one after the other through the API and its queue, and fetches what is open afterwards. */
export async function scanEnvironments(
  api: ApiClient,
  environments: readonly ApiEnvironment[],
  progress: Progress,
  signal: AbortSignal,
): Promise<EnvironmentResult[]> {
  const scans: { environment: ApiEnvironment; scan: ApiScan; ended: boolean }[] = [];
  for (const environment of environments) {
    const started = await startOrJoin(api, environment.id);
    const scan = await finishedScan(api, started, environment.name, progress, signal);
    const ended = scan.status === 'succeeded' || scan.status === 'partial';
    scans.push({ environment, scan, ended });
  }
  const results: EnvironmentResult[] = [];
  for (const { environment, scan, ended } of scans) {
    const drifts = ended ? await driftsWithWho(api, environment, progress, signal) : null;
    results.push({ environment, scan, result: drifts && showApiScan(scan, drifts) });
  }
  progress.clear();
  return results;
}

/** The worker asks the change logs after the scan: what it learns in the first seconds is worth waiting for. */
async function driftsWithWho(
  api: ApiClient,
  { id, name, provider }: ApiEnvironment,
  progress: Progress,
  signal: AbortSignal,
): Promise<ApiDrift[]> {
  let drifts = await api.listOpenDrifts(id);
  if (!KEEPS_LOG.has(provider)) return drifts;
  let known = -1;
  for (let waited = 0; waited < WHO_WAIT_MS; waited += WHO_POLL_MS) {
    const now = drifts.filter(({ attribution }) => attribution !== null).length;
    if (now === drifts.length || (now > 0 && now === known)) break;
    known = now;
    progress.update(`Asking who made the drifts of ${name}`);
    await sleep(WHO_POLL_MS, undefined, { signal });
    drifts = await api.listOpenDrifts(id);
  }
  return drifts;
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
