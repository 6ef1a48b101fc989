import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { camelCase, findApiName, snakeCase } from './api-names.js';
import type { FieldCatalogue, GcpField } from './field-catalogue.js';
import { TOOL_ARGUMENTS } from './tool-arguments.js';

const UNKNOWN_FIELD: FieldFacts = { absence: 'zero', extras: 'unknown' };

/** Follows a dotted API path through objects; undefined where it ends. */
function follow(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = from;
  for (const key of path) value = isObject(value) ? read(value, key) : undefined;
  return value;
}

/** One position of a google resource: Terraform's nested blocks against the API's objects. */
export class GcpNode implements LensNode {
  readonly sameShape = false;

  constructor(
    private readonly catalogue: FieldCatalogue,
    /** Dotted Terraform path without indexes. */
    private readonly path: string,
    /** Dotted API path of the object the children are read from. */
    private readonly apiPath: string,
    readonly facts: FieldFacts = UNKNOWN_FIELD,
    private readonly freeMap = false,
  ) {}

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    if (this.freeMap) {
      return {
        kind: 'value',
        value: read(actual, key),
        node: this.below(key, key),
        segments: [key],
        claims: [key],
      };
    }
    const path = this.path === '' ? key : `${this.path}.${key}`;
    if (TOOL_ARGUMENTS.has(key)) {
      return {
        kind: 'not-compared',
        reason: 'an argument of the provider itself; the API has no such field',
        claims: [],
      };
    }
    const field = this.catalogue.find(path);
    if (field?.inUrlOnly === true) {
      const found = findApiName(key, actual);
      if (found === undefined) {
        return {
          kind: 'not-compared',
          reason: 'part of the resource name; the API does not return it apart',
          claims: [],
        };
      }
    }
    if (field?.api) return this.mapped(key, path, field.api, field, actual);
    const name = findApiName(key, actual);
    if (name === undefined && field === undefined && this.catalogue.known) {
      return { kind: 'not-compared', reason: 'no API field is known for it', claims: [] };
    }
    const apiKey = name ?? camelCase(key);
    return {
      kind: 'value',
      value: read(actual, apiKey),
      node: this.below(key, apiKey, field),
      segments: [apiKey],
      claims: [apiKey],
    };
  }

  /** A field whose place in the API the definitions name. */
  private mapped(
    key: string,
    path: string,
    api: string,
    field: GcpField,
    actual: JsonObject,
  ): Reading {
    const prefix = this.apiPath === '' ? '' : `${this.apiPath}.`;
    const relative = api.startsWith(prefix)
      ? api.slice(prefix.length).split('.')
      : [api.split('.').at(-1) ?? key];
    let value = follow(actual, relative);
    let segments = relative;
    if (value === undefined) {
      const name = findApiName(key, actual);
      if (name !== undefined) {
        value = read(actual, name);
        segments = [name];
      }
    }
    const node = new GcpNode(this.catalogue, path, api, field.facts, field.facts.kind === 'tags');
    return { kind: 'value', value, node, segments, claims: segments.slice(0, 1) };
  }

  private below(key: string, apiKey: string, field?: GcpField): GcpNode {
    const path = this.path === '' ? key : `${this.path}.${key}`;
    const apiPath = this.apiPath === '' ? apiKey : `${this.apiPath}.${apiKey}`;
    const labels =
      this.freeMap || field?.facts.kind === 'tags' || /(^|_)(labels|annotations)$/.test(key);
    const facts = field?.facts ?? (labels ? { extras: 'confirmed' as const } : UNKNOWN_FIELD);
    return new GcpNode(this.catalogue, path, apiPath, facts, labels);
  }

  element(): LensNode {
    return new GcpNode(
      this.catalogue,
      this.path,
      this.apiPath,
      { extras: 'confirmed' },
      this.freeMap,
    );
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      if (this.freeMap) {
        yield { key, actualKey: key, value, node: this };
        continue;
      }
      const name = snakeCase(key);
      const field = this.catalogue.find(this.path === '' ? name : `${this.path}.${name}`);
      yield { key: name, actualKey: key, value, node: this.below(name, key, field) };
    }
  }
}
