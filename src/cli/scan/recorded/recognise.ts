import type { ActualResource, JsonObject, JsonValue } from '../../../core/providers/index.js';
import { fromConfigItem } from './aws-config-item.js';
import { isObject, objectAt, textAt } from './json-access.js';
import {
  fromCloudAsset,
  fromKubernetesObject,
  fromPlainResource,
  fromResourceGraphRow,
} from './other-clouds.js';

export type RecordedShape =
  | 'AWS Config items'
  | 'Kubernetes objects'
  | 'Cloud Asset Inventory assets'
  | 'Azure Resource Graph rows'
  | 'resources in the shape { type, id, properties }';

/** What one recorded entry is. Shapes are told apart by the fields only they have. */
export function recogniseEntry(entry: JsonObject): RecordedShape | null {
  if (textAt(entry, 'resourceType') !== null && textAt(entry, 'resourceId') !== null) {
    return 'AWS Config items';
  }
  if (textAt(entry, 'apiVersion') !== null && textAt(entry, 'kind') !== null) {
    return 'Kubernetes objects';
  }
  if (textAt(entry, 'assetType', 'asset_type') !== null) return 'Cloud Asset Inventory assets';
  const id = textAt(entry, 'id', 'Identifier') ?? '';
  const named = textAt(entry, 'format');
  if (named === null && /^\/subscriptions\//i.test(id) && textAt(entry, 'type') !== null) {
    return 'Azure Resource Graph rows';
  }
  const described = objectAt(entry, 'properties', 'Properties') !== null;
  return id !== '' && described && textAt(entry, 'type', 'TypeName') !== null
    ? 'resources in the shape { type, id, properties }'
    : null;
}

/** The live resource an entry describes; null for one that says a resource is gone or carries no content. */
export function toActualResource(
  entry: JsonObject,
  shape: RecordedShape,
  cluster: string | null,
): ActualResource | null {
  switch (shape) {
    case 'AWS Config items':
      return fromConfigItem(entry);
    case 'Kubernetes objects':
      return fromKubernetesObject(entry, cluster);
    case 'Cloud Asset Inventory assets':
      return fromCloudAsset(entry);
    case 'Azure Resource Graph rows':
      return fromResourceGraphRow(entry);
    case 'resources in the shape { type, id, properties }':
      return fromPlainResource(entry);
  }
}

export interface Listing {
  readonly entries: readonly JsonObject[];
  /** False for a single object or a selection: then what is not there is not known to be gone. */
  readonly isListing: boolean;
}

/** Members that hold the list, and whether the command that writes them lists everything of a kind. */
const WRAPPERS: readonly (readonly [key: string, isListing: boolean])[] = [
  ['items', true],
  ['configurationItems', true],
  ['baseConfigurationItems', false],
  ['assets', true],
  ['data', true],
  ['resources', true],
  ['ResourceDescriptions', true],
];

/** The entries of a document, whatever its tool wraps them in; null when nothing in it looks like a list or a resource. */
export function unwrapListing(document: JsonValue): Listing | null {
  if (Array.isArray(document)) {
    return { entries: document.filter(isObject).flatMap(expandList), isListing: true };
  }
  if (!isObject(document)) return null;
  for (const [key, isListing] of WRAPPERS) {
    const list = document[key];
    if (Array.isArray(list)) return { entries: list.filter(isObject), isListing };
  }
  const results = document.Results;
  if (Array.isArray(results)) {
    // `select-resource-config` answers each row as JSON in a text.
    return { entries: results.map(parseRow).filter(isObject), isListing: true };
  }
  return recogniseEntry(document) === null ? null : { entries: [document], isListing: false };
}

/** Kubernetes lists may stand inside a list, and in any document of a YAML stream. */
export function expandList(entry: JsonObject): JsonObject[] {
  const items = entry.items;
  const kind = textAt(entry, 'kind');
  return kind?.endsWith('List') === true && Array.isArray(items) ? items.filter(isObject) : [entry];
}

function parseRow(row: JsonValue): JsonValue {
  if (typeof row !== 'string') return row;
  try {
    return JSON.parse(row) as JsonValue;
  } catch {
    return null;
  }
}
