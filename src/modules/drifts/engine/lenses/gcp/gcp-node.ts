import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { findApiName, findBlockName, snakeCase } from './api-names.js';
import type { ApiField, ApiSchemas } from './api-schema.js';
import { disksOfRole, unwrapItems, unwrapReference } from './conventions.js';
import type { FieldCatalogue, GcpField } from './field-catalogue.js';
import { TOOL_ARGUMENTS } from './tool-arguments.js';

/** What all positions of one resource share. */
export interface GcpSubject {
  readonly fields: FieldCatalogue;
  readonly api: ApiSchemas;
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

export const ROOT_FACTS: FieldFacts = { absence: 'zero', extras: 'unknown' };

/** Lists of texts whose order is their meaning: command lines, statements, ordered steps. */
const SEQUENCE =
  /(^|_)(args?|arguments|commands?|entrypoint|ddl|statements?|steps?|order|priorit\w+|uris?)$/;

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** Follows an API path through objects; undefined where it ends. */
function follow(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = from;
  for (const key of path) value = isObject(value) ? read(value, key) : undefined;
  return value;
}

/** One position of a google resource: Terraform's nested blocks against the API's objects. */
export class GcpNode implements LensNode {
  readonly sameShape = false;

  constructor(
    private readonly subject: GcpSubject,
    private readonly at: GcpPosition,
    readonly facts: FieldFacts = ROOT_FACTS,
  ) {}

  /** Keys below are the user's own. */
  get freeMap(): boolean {
    return this.at.freeMap;
  }

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    if (this.at.freeMap) return this.entry(key, actual);
    const path = join(this.at.path, key);
    if (TOOL_ARGUMENTS.has(key)) {
      return skip('an argument of the provider itself; the API has no such field');
    }
    const field = this.subject.fields.find(path);
    const given = read(declared, key);
    const found = field?.api
      ? this.mapped(path, field, field.api, given, actual)
      : this.named(key, path, field, given, actual);
    if (found?.kind === 'value' && found.value !== undefined) return found;
    if (isUnresolvedReference(given, field, this.subject.fromObjects)) {
      return {
        kind: 'unverifiable',
        reason: 'A reference to another object of the code, not resolved to its name.',
        claims: [],
      };
    }
    if (this.namesResource(given)) {
      // The asset's own name says it: location, parent and name are part of it.
      return { kind: 'value', value: given, node: this, segments: [], claims: [] };
    }
    if (field?.inUrlOnly === true)
      return skip('part of the resource name; the API does not return it apart');
    return found ?? skip('the API has no field of that name');
  }

  private namesResource(value: JsonValue | undefined): boolean {
    if (this.at.path !== '' || typeof value !== 'string' || value === '') return false;
    return this.subject.nameSegments.has((value.split('/').at(-1) ?? '').toLowerCase());
  }

  private entry(key: string, actual: JsonObject): Reading {
    const node = new GcpNode(
      this.subject,
      { ...this.at, path: join(this.at.path, key) },
      this.elementFacts(),
    );
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  /** A field whose place in the API the provider's definitions name. */
  private mapped(
    path: string,
    field: GcpField,
    api: string,
    given: JsonValue | undefined,
    actual: JsonObject,
  ): Reading {
    const prefix = this.at.apiPath === '' ? '' : `${this.at.apiPath}.`;
    const segments = api.startsWith(prefix)
      ? api.slice(prefix.length).split('.')
      : api.split('.').slice(-1);
    let schema = this.at.schema;
    let known: ApiField | undefined;
    for (const segment of segments) {
      known = this.subject.api.find(schema, segment);
      schema = known?.schema ?? null;
    }
    const node = this.below(path, api, field, known);
    return {
      kind: 'value',
      value: follow(actual, segments),
      node,
      segments,
      claims: segments.slice(0, 1),
    };
  }

  /** A field found by its name: in the answer, in the API's schema, or as a block named after its owner. */
  private named(
    key: string,
    path: string,
    field: GcpField | undefined,
    given: JsonValue | undefined,
    actual: JsonObject,
  ): Reading | undefined {
    const published = this.subject.api.names(this.at.schema);
    const repeated = Array.isArray(given);
    const block = repeated && isObject(given[0]);
    const name =
      findApiName(key, Object.keys(actual), repeated) ??
      findApiName(key, published, repeated) ??
      (block && field === undefined ? findBlockName(key, published) : undefined);
    const disks = disksOfRole(key, actual);
    if (disks !== undefined) {
      const known = this.subject.api.find(this.at.schema, 'disks');
      const node = this.below(path, join(this.at.apiPath, 'disks'), field, known);
      return reading(given, disks, node, ['disks']);
    }
    if (name === undefined) return undefined;
    const node = this.below(
      path,
      join(this.at.apiPath, name),
      field,
      this.subject.api.find(this.at.schema, name),
    );
    return reading(given, read(actual, name), node, [name]);
  }

  private below(
    path: string,
    apiPath: string,
    field: GcpField | undefined,
    known: ApiField | undefined,
  ): GcpNode {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const labels = field?.facts.kind === 'tags' || /(^|[._])(labels|annotations)$/.test(path);
    const facts: FieldFacts = {
      ...ROOT_FACTS,
      // APIs keep names and ids in no order of their own; only what runs in sequence is ordered.
      ...(known?.shape === 'list' &&
        known.schema === null &&
        !SEQUENCE.test(name) && { order: 'set' }),
      ...known?.facts,
      ...field?.facts,
    };
    const freeMap = labels || known?.shape === 'map';
    return new GcpNode(
      this.subject,
      { path, apiPath, schema: known?.schema ?? null, freeMap },
      facts,
    );
  }

  /** A list of texts, or Compute's `{ items }` around one. */
  private holdsTexts(known: ApiField | undefined): boolean {
    const list = known?.shape === 'object' ? this.subject.api.find(known.schema, 'items') : known;
    return list?.shape === 'list' && list.schema === null;
  }

  private elementFacts(): FieldFacts {
    const labels = /(^|[._])(labels|annotations)$/.test(this.at.path);
    // Since version 5 of the provider, labels it did not write are left alone: they are somebody else's.
    return { extras: labels ? 'potential' : 'confirmed' };
  }

  element(): LensNode {
    return new GcpNode(this.subject, this.at, this.elementFacts());
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined || isPlatformKey(key)) continue;
      if (this.at.freeMap) {
        yield {
          key,
          actualKey: key,
          value,
          node: new GcpNode(this.subject, this.at, this.elementFacts()),
        };
        continue;
      }
      const name = snakeCase(key);
      const path = join(this.at.path, name);
      const known = this.subject.api.find(this.at.schema, key);
      const node = this.below(
        path,
        join(this.at.apiPath, key),
        this.subject.fields.find(path),
        known,
      );
      const own = withoutPlatformKeys(value, node);
      if (own !== undefined) yield { key: name, actualKey: key, value: own, node };
    }
  }
}

/** A reference by the object's own name: the provider knows the target under another one. */
function isUnresolvedReference(
  given: JsonValue | undefined,
  field: GcpField | undefined,
  fromObjects: boolean,
): boolean {
  if (!fromObjects) return false;
  return (
    unwrapReference(given, '') !== undefined ||
    (field?.facts.kind === 'resource-id' && typeof given === 'string')
  );
}

/** Labels Google's own tools put on what they manage (google provider: add_terraform_attribution_label). */
function isPlatformKey(key: string): boolean {
  return key.startsWith('goog-');
}

/** A value read from the API, both sides brought to the same shape. */
function reading(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: GcpNode,
  segments: readonly string[],
): Reading {
  const value = unwrapItems(declared, withoutPlatformKeys(actual, node));
  const reference = unwrapReference(declared, value);
  return {
    kind: 'value',
    value,
    node,
    segments,
    claims: segments.slice(0, 1),
    ...(reference !== undefined && { declared: reference }),
  };
}

/** A label map as its user sees it; undefined when only the platform's own labels are in it. */
function withoutPlatformKeys(value: JsonValue | undefined, node: GcpNode): JsonValue | undefined {
  if (!node.freeMap || !isObject(value) || !Object.keys(value).some(isPlatformKey)) return value;
  const own = Object.entries(value).filter(([key]) => !isPlatformKey(key));
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

function skip(reason: string): Reading {
  return { kind: 'not-compared', reason, claims: [] };
}
