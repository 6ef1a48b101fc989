import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EstateError } from '../estate-error.js';
import { isObject, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { parseEntry } from './log-service.js';

export interface GcpProject {
  readonly projectId: string;
  readonly projectNumber: string;
  /** From the project up: `projects/NUMBER`, then folders, then the organization. */
  readonly ancestors: readonly string[];
  /** The service account that may read it. */
  readonly serviceAccount: string;
  /** A bearer token that is accepted beside those of the service account. */
  readonly token: string;
  /** In the shape of the v1 REST API, with `resource` and `iamPolicy` side by side. */
  readonly assets: readonly JsonObject[];
  /** Of its audit logs, in the shape of the v2 REST API (LogEntry). */
  readonly entries: readonly JsonObject[];
}

const AUDIT = 'audit.json';
const PROJECT_ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** Reads `ESTATE/gcp`; no projects when the folder does not exist. The layout is in sandbox/README.md. */
export function loadGcpEstate(estate: string): GcpProject[] {
  const root = path.join(estate, 'gcp');
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map(({ name }) => name)
    .sort()
    .map((projectId) => {
      if (!PROJECT_ID.test(projectId)) {
        throw new EstateError(`${root}/${projectId}: a project folder is named by a project id.`);
      }
      return loadProject(path.join(root, projectId), projectId);
    });
}

function loadProject(folder: string, projectId: string): GcpProject {
  const settings = readSettings(path.join(folder, 'project.json'));
  const bare = makeProject(projectId, [], settings);
  const assets = new Map<string, JsonObject>();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter(isAssetFile).sort()) {
    const file = path.join(folder, name);
    const content = readJson(file);
    if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of assets.`);
    content.forEach((asset, index) => {
      const parsed = parseAsset(asset, bare, `${file}[${index}]`);
      const key = assetName(parsed);
      if (assets.has(key)) throw new EstateError(`${file}[${index}]: ${key} is there twice.`);
      assets.set(key, parsed);
    });
  }
  return { ...bare, assets: [...assets.values()], entries: readEntries(folder, projectId) };
}

export function makeProject(
  projectId: string,
  assets: readonly JsonObject[],
  settings: JsonObject = {},
): GcpProject {
  const projectNumber = textAt(settings, 'projectNumber') ?? '100000000001';
  return {
    projectId,
    projectNumber,
    ancestors: [`projects/${projectNumber}`, ...textsAt(settings, 'ancestors')],
    serviceAccount:
      textAt(settings, 'serviceAccount') ?? `scanner@${projectId}.iam.gserviceaccount.com`,
    token: textAt(settings, 'token') ?? `ya29.sandbox-${projectId}`,
    assets,
    entries: [],
  };
}

export function assetName(asset: JsonObject): string {
  return textAt(asset, 'name') ?? '';
}

/** Checks one asset and fills in what every asset has. */
export function parseAsset(
  asset: Json,
  { ancestors }: Pick<GcpProject, 'ancestors'>,
  where: string,
): JsonObject {
  if (!isObject(asset)) throw new EstateError(`${where} is not an object.`);
  if (!/^\/\/[a-z0-9.-]+\/./.test(assetName(asset))) {
    throw new EstateError(`${where} has no name like //service.googleapis.com/….`);
  }
  if (!/^[a-z0-9.-]+\/[A-Za-z0-9]+$/.test(textAt(asset, 'assetType') ?? '')) {
    throw new EstateError(`${where} has no assetType like compute.googleapis.com/Instance.`);
  }
  const { resource, iamPolicy } = asset;
  if (resource !== undefined && (!isObject(resource) || !isObject(resource.data))) {
    throw new EstateError(`${where} has a resource without data.`);
  }
  if (resource === undefined && iamPolicy === undefined) {
    throw new EstateError(`${where} has neither resource nor iamPolicy.`);
  }
  return { updateTime: '2026-01-01T00:00:00Z', ...asset, ancestors: [...ancestors] };
}

function isAssetFile(name: string): boolean {
  return name.endsWith('.json') && name !== 'project.json' && name !== AUDIT;
}

function readEntries(folder: string, projectId: string): JsonObject[] {
  const file = path.join(folder, AUDIT);
  if (!existsSync(file)) return [];
  const content = readJson(file);
  if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of log entries.`);
  return content.map((entry, index) => parseEntry(entry, projectId, `${file}[${index}]`));
}

function readSettings(file: string): JsonObject {
  if (!existsSync(file)) return {};
  const content = readJson(file);
  if (!isObject(content)) throw new EstateError(`${file} is not a JSON object.`);
  return content;
}

function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
