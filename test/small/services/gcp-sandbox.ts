import { GcpCloud } from '../../../sandbox/gcp/gcp-cloud.js';
import { makeProject, parseAsset } from '../../../sandbox/gcp/gcp-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { GcpInventoryFactory } from '../../../src/services/gcp/index.js';
import type { GcpInventoryOptions } from '../../../src/services/gcp/index.js';
import { QUICK } from './reading.js';

export const PROJECT = 'parcel-lab';
export const NUMBER = '481516234200';
export const FOLDER = 'folders/77';
export const TOPIC = 'pubsub.googleapis.com/Topic';
export const BUCKET = 'storage.googleapis.com/Bucket';
export const TOKEN = 'ya29.CANARYTOKEN';

/** An asset as Cloud Asset Inventory lists it. */
export function asset(
  assetType: string,
  name: string,
  data: JsonObject,
  more: JsonObject = {},
): JsonObject {
  const { location = 'global', ...rest } = more;
  return { name, assetType, resource: { version: 'v1', data, location }, ...rest };
}

export function topics(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, n) => {
    const name = `projects/${PROJECT}/topics/topic-${n}`;
    return asset(TOPIC, `//pubsub.googleapis.com/${name}`, { name });
  });
}

export function bucket(name: string, more: JsonObject = {}): JsonObject {
  return asset(
    BUCKET,
    `//storage.googleapis.com/${name}`,
    { name, labels: { team: 'web' } },
    { location: 'eu', ...more },
  );
}

export interface RunningProject extends RunningServer {
  readonly serviceAccountKey: string;
}

/** Serves one project below a folder. */
export async function serveProject(assets: readonly JsonObject[]): Promise<RunningProject> {
  const settings = { projectNumber: NUMBER, ancestors: [FOLDER], token: TOKEN };
  const bare = makeProject(PROJECT, [], settings);
  const parsed = assets.map((one) => parseAsset(one, bare, 'asset'));
  const project = { ...bare, assets: parsed };
  const cloud = new GcpCloud([project]);
  const server = await serveCloud(cloud, 0);
  return { ...server, serviceAccountKey: cloud.tokens.keyFile(project) };
}

export function connectTo(
  endpoint: string,
  options: Partial<GcpInventoryOptions> = {},
  credentials: Record<string, string> = {},
  regions: readonly string[] = [],
): Inventory {
  return new GcpInventoryFactory({ ...QUICK, ...options }).create({
    provider: 'gcp',
    endpoint,
    regions,
    credentials: { accessToken: TOKEN, scope: `projects/${PROJECT}`, ...credentials },
  });
}
