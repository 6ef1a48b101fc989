import { EVERYTHING } from '../../../src/core/providers/index.js';
import type {
  ActualResource,
  Coverage,
  Inventory,
  InventoryScope,
} from '../../../src/core/providers/index.js';

/** Few and short waits, so a storm is over in milliseconds. */
export const QUICK = {
  callTimeoutMs: 5000,
  retry: { attempts: 8, baseDelayMs: 1, maxDelayMs: 50 },
} as const;

export interface Reading {
  readonly resources: ActualResource[];
  readonly coverage: Coverage[];
}

export async function readAll(
  inventory: Inventory,
  scope: Partial<InventoryScope> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Reading> {
  const reading: Reading = { resources: [], coverage: [] };
  for await (const record of inventory.list({ ...EVERYTHING, ...scope }, signal)) {
    if (record.kind === 'resource') reading.resources.push(record.resource);
    if (record.kind === 'coverage') reading.coverage.push(record.coverage);
  }
  return reading;
}

/** The one record of a type, in a region where that matters. */
export function coverageOf({ coverage }: Reading, type: string, region?: string | null): Coverage {
  const found = coverage.filter(
    (one) => one.type === type && (region === undefined || one.region === region),
  );
  if (found.length !== 1 || !found[0]) {
    throw new Error(`${found.length} coverage records of ${type}, not one`);
  }
  return found[0];
}

export async function control(
  server: { url: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${server.url}/__sandbox/${path}`, init);
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}
