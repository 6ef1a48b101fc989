import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { EstateError } from '../estate-error.js';
import { isObject, objectAt, objectsAt, textAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';

export interface Cluster {
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly objects: readonly JsonObject[];
}

export interface ClusterSettings {
  readonly gitVersion: string;
  /** The bearer token that is accepted; any when null. */
  readonly token: string | null;
  /** True answers callers without credentials too. */
  readonly anonymous: boolean;
  /** False answers like a server older than 1.26: no aggregated discovery. */
  readonly aggregatedDiscovery: boolean;
  readonly extraVersions: readonly ExtraVersion[];
}

export interface ExtraVersion {
  readonly groupVersion: string;
  readonly kind: string;
  /** The group version whose objects it shows. */
  readonly sameAs: string;
}

/** Reads `ESTATE/kubernetes`; no clusters when the folder does not exist. The layout is in sandbox/README.md. */
export function loadClusters(estate: string): Cluster[] {
  const root = path.join(estate, 'kubernetes');
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map((entry) => entry.name)
    .sort()
    .map((name) => loadCluster(path.join(root, name), name));
}

function loadCluster(folder: string, name: string): Cluster {
  const settingsFile = path.join(folder, 'cluster.json');
  const [settings] = existsSync(settingsFile) ? readDocuments(settingsFile) : [{}];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(json|ya?ml)$/.test(file) && file !== 'cluster.json')
    .sort();
  const objects = files.flatMap((file) => readObjects(path.join(folder, file)));
  return { name, settings: parseSettings(isObject(settings) ? settings : {}), objects };
}

export function parseSettings(settings: JsonObject): ClusterSettings {
  return {
    gitVersion: textAt(settings, 'gitVersion') ?? 'v1.34.1',
    token: textAt(settings, 'token') ?? null,
    anonymous: settings.anonymous === true,
    aggregatedDiscovery: settings.aggregatedDiscovery !== false,
    extraVersions: objectsAt(settings, 'extraVersions').map((extra) => ({
      groupVersion: textAt(extra, 'groupVersion') ?? '',
      kind: textAt(extra, 'kind') ?? '',
      sameAs: textAt(extra, 'sameAs') ?? '',
    })),
  };
}

function readObjects(file: string): JsonObject[] {
  return readDocuments(file)
    .flatMap((document) => flatten(document))
    .map((object) => {
      if (!textAt(object, 'apiVersion') || !textAt(object, 'kind')) {
        throw new EstateError(`${file}: an object without apiVersion and kind.`);
      }
      if (!textAt(objectAt(object, 'metadata'), 'name')) {
        throw new EstateError(`${file}: a ${textAt(object, 'kind') ?? ''} without metadata.name.`);
      }
      return object;
    });
}

function flatten(document: Json): JsonObject[] {
  if (Array.isArray(document)) return document.flatMap(flatten);
  if (!isObject(document)) return [];
  const isList =
    textAt(document, 'kind')?.endsWith('List') === true && Array.isArray(document.items);
  return isList ? objectsAt(document, 'items').flatMap(flatten) : [document];
}

function readDocuments(file: string): Json[] {
  const content = readFileSync(file, 'utf8');
  try {
    if (file.endsWith('.json')) return [JSON.parse(content) as Json];
    return parseAllDocuments(content).map((document) => {
      if (document.errors[0]) throw document.errors[0];
      return document.toJS() as Json;
    });
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Fills in what a server would have given an object, the same on each start. */
export function withServerFields(object: JsonObject, cluster: string): JsonObject {
  const metadata = objectAt(object, 'metadata');
  const identity = [cluster, object.apiVersion, object.kind, metadata.namespace, metadata.name];
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  const uid = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
  return {
    ...object,
    metadata: {
      uid,
      resourceVersion: String(1000 + (parseInt(digest.slice(0, 6), 16) % 9000)),
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
  };
}
