import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import type { ApiField, ApiSchemas } from './api-schema.js';
import { findApiName } from './api-names.js';
import { unwrapItems } from './conventions.js';
import type { FieldCatalogue } from './field-catalogue.js';
import type { ResourceShape } from './resource-shape.js';
import type { Silence } from './silence.js';

/** What all positions of one resource share. */
export interface GcpSubject {
  readonly fields: FieldCatalogue;
  readonly shape: ResourceShape;
  readonly api: ApiSchemas;
  readonly silence: Silence;
  /** The definitions are those of the declared type, or of one whose every word the code uses. */
  readonly speaksTerraform: boolean;
  /** The API object as a whole, for fields the API keeps elsewhere. */
  readonly resource: JsonObject;
  readonly rootSchema: string | null;
  /** The declared side was read back by the provider, so it holds what the service computes too. */
  readonly readBack: boolean;
  /** A plan: what it leaves empty and the service fills in is not known yet. */
  readonly planned: boolean;
  /** The code is written as objects that name each other (Config Connector), so a reference is a name of its own. */
  readonly fromObjects: boolean;
  /** Segments of the asset's own name, in lower case. */
  readonly nameSegments: ReadonlySet<string>;
}

/** Where in the Terraform resource and in the API object a node stands. */
export interface GcpPosition {
  /** Dotted Terraform path without indexes. */
  readonly path: string;
  /** Dotted API path of the object the children are read from. */
  readonly apiPath: string;
  readonly schema: string | null;
  /** Keys are the user's own (labels, metadata). */
  readonly freeMap: boolean;
}

export interface FoundField {
  readonly segments: readonly string[];
  readonly from: JsonObject;
  readonly known: ApiField | undefined;
  readonly value: JsonValue | undefined;
}

/** Follows an API path through objects; undefined where it ends. */
function follow(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = from;
  for (const key of path) {
    const entries = unwrapItems(undefined, value);
    value = isObject(entries) ? read(entries, key) : undefined;
  }
  return value;
}

/** Where a dotted API path leads: below here, or from the top for a field the API keeps elsewhere. */
export function placeOf(
  subject: GcpSubject,
  at: GcpPosition,
  api: string,
  actual: JsonObject,
): FoundField {
  const prefix = at.apiPath === '' ? '' : `${at.apiPath}.`;
  const [first = ''] = api.split('.');
  const below = api.startsWith(prefix);
  const elsewhere = !below && !at.apiPath.startsWith(first) && api.includes('.');
  const from = elsewhere ? subject.resource : actual;
  const segments = below
    ? api.slice(prefix.length).split('.')
    : elsewhere
      ? api.split('.')
      : api.split('.').slice(-1);
  let schema = elsewhere ? subject.rootSchema : at.schema;
  let known: ApiField | undefined;
  for (const segment of segments) {
    known = subject.api.find(schema, segment);
    schema = known?.schema ?? null;
  }
  return { segments, from, known, value: follow(from, segments) };
}

interface FlattenedPlace {
  readonly block: string;
  readonly name: string;
  readonly known: ApiField | undefined;
}

/** The one object of a schema that has a field of that very name: `enablePrivateEnvironment` of `privateEnvironmentConfig`. */
function namedInside(
  api: ApiSchemas,
  schema: string | null,
  key: string,
): FlattenedPlace | undefined {
  if (!key.includes('_')) return undefined;
  const found = api.names(schema).flatMap((block) => {
    const field = api.find(schema, block);
    if (field?.shape !== 'object') return [];
    const name = findApiName(key, api.names(field.schema), false);
    return name === undefined ? [] : [{ block, name, known: api.find(field.schema, name) }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Where the API keeps an argument that Terraform names after its block and its place in it: `max_surge_fixed` is `maxSurge.fixed`,
 * `change_stream_retention` the one field of `changeStreamConfig`.
 */
export function flattenedPlace(
  api: ApiSchemas,
  schema: string | null,
  key: string,
): FlattenedPlace | undefined {
  const words = key.split('_');
  for (let at = words.length - 1; at > 0; at--) {
    const [outer, rest] = [words.slice(0, at).join('_'), words.slice(at).join('_')];
    const names = api.names(schema);
    const block = findApiName(outer, names, false) ?? findApiName(`${outer}_config`, names, false);
    const inside = block === undefined ? null : (api.find(schema, block)?.schema ?? null);
    const [only, ...others] = api.names(inside);
    const alone = others.length === 0 && only?.toLowerCase().startsWith(rest) ? only : undefined;
    const name = findApiName(rest, api.names(inside), false) ?? alone;
    if (block !== undefined && name !== undefined)
      return { block, name, known: api.find(inside, name) };
  }
  return namedInside(api, schema, key);
}
