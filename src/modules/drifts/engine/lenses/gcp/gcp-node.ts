import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { camelCase, findApiName, findBlockName, snakeCase } from './api-names.js';
import type { ApiField } from './api-schema.js';
import { disksOfRole, durationOf, liveState, metadataOf } from './conventions.js';
import type { GcpField } from './field-catalogue.js';
import { isLeftToApi, isUnresolvedReference, lostToRival, namesResource } from './gcp-absence.js';
import { elementFacts, factsOf, isFreeMap, ROOT_FACTS } from './gcp-facts.js';
import { flattenedPlace, placeOf, type GcpPosition, type GcpSubject } from './gcp-position.js';
import { reading, skip } from './gcp-reading.js';
import { join, undeclaredAt, type GcpPlace } from './gcp-undeclared.js';
import { TOOL_ARGUMENTS } from './tool-arguments.js';

/** What a service stamps every version of a resource with. */
const STAMP = /^(etag|fingerprint)$/;

/** One position of a google resource: Terraform's nested blocks against the API's objects. */
export class GcpNode implements GcpPlace {
  readonly sameShape = false;

  constructor(
    readonly subject: GcpSubject,
    readonly at: GcpPosition,
    readonly facts: FieldFacts = ROOT_FACTS,
  ) {}

  /** Keys below are the user's own. */
  get freeMap(): boolean {
    return this.at.freeMap;
  }

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    if (this.at.freeMap) return this.entry(key, actual);
    const path = join(this.at.path, key);
    if (this.at.path === '' && TOOL_ARGUMENTS.has(key)) {
      return skip('an argument of the provider itself; the API has no such field');
    }
    const live = liveState(key, read(declared, key));
    if (live) {
      const node = this.below(path, join(this.at.apiPath, 'isLive'), undefined, undefined);
      const value = read(actual, 'isLive');
      return { kind: 'value', value, ...live, node, segments: ['isLive'], claims: ['isLive'] };
    }
    const field =
      this.subject.fields.find(path) ??
      this.subject.fields.find(join(this.at.path, snakeCase(key)));
    const given = read(declared, key);
    if (STAMP.test(key) && isDeepEmpty(given)) return skip('written by the service');
    if (isLeftToApi(this.subject, path, field) && isDeepEmpty(given))
      return skip('left to the API');
    if (field?.facts.toolOnly === true) {
      return skip('an argument of the provider itself; the API has no such field');
    }
    const found = field?.api
      ? this.mapped(path, field, field.api, declared, actual)
      : this.named(key, path, field, declared, actual);
    if (found?.kind === 'value' && found.value !== undefined) return found;
    if (isUnresolvedReference(this.subject, given, found)) {
      return {
        kind: 'unverifiable',
        reason: 'A reference to another object of the code, not resolved to its name.',
        claims: [],
      };
    }
    if (found !== undefined && lostToRival(this.subject, this.at, path, declared, actual)) {
      return {
        kind: 'unverifiable',
        reason: 'The code declares several of which the API keeps one, and it kept another.',
        claims: [],
      };
    }
    if (namesResource(this.subject, this.at, key, given)) {
      // The asset's own name says it: location, parent and name are part of it.
      return { kind: 'value', value: given, node: this, segments: [], claims: [] };
    }
    if (field?.inUrlOnly === true)
      return skip('part of the resource name; the API does not return it apart');
    return found ?? skip('the API has no field of that name');
  }

  private entry(key: string, actual: JsonObject): Reading {
    const position = {
      ...this.at,
      freeMap:
        this.at.schema === null && this.subject.api.names(this.subject.rootSchema).length > 0,
    };
    const node = new GcpNode(this.subject, position, elementFacts(this.subject, this.at));
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  /** A field whose place in the API the provider's definitions name. */
  private mapped(
    path: string,
    field: GcpField,
    api: string,
    declared: JsonObject,
    actual: JsonObject,
  ): Reading {
    const given = read(declared, path.slice(path.lastIndexOf('.') + 1));
    const places = api.split('|').map((place) => placeOf(this.subject, this.at, place, actual));
    const { segments, from, known, value } =
      places.find((place) => place.value !== undefined) ??
      places[0] ??
      placeOf(this.subject, this.at, api, actual);
    const node = this.below(path, api.split('|')[0] ?? api, field, known);
    const claims = from === actual ? segments.slice(0, 1) : [];
    const shown = /(^|\.)metadata$/.test(path) ? metadataOf(declared, value) : value;
    return reading(given, shown, node, segments, claims);
  }

  /** A field found by its name: in the answer, in the API's schema, or as a block named after its owner. */
  private named(
    key: string,
    path: string,
    field: GcpField | undefined,
    declared: JsonObject,
    actual: JsonObject,
  ): Reading | undefined {
    const given = read(declared, key);
    const published = this.subject.api.names(this.at.schema);
    const repeated = Array.isArray(given);
    const block = repeated && isObject(given[0]);
    const name =
      findApiName(key, actual, repeated) ??
      findApiName(key, published, repeated) ??
      (block && field === undefined ? findBlockName(key, published) : undefined) ??
      (published.length === 0 && field !== undefined && !field.inUrlOnly
        ? camelCase(key)
        : undefined);
    const duration = durationOf(key, given, actual, this.subject.resource);
    if (duration !== undefined && name !== undefined && read(actual, name) === undefined) {
      const known = this.subject.api.find(this.at.schema, name);
      const node = this.below(path, join(this.at.apiPath, name), field, known);
      return reading(given, duration, node, [name]);
    }
    if (key === 'metadata') {
      const known = this.subject.api.find(this.at.schema, key);
      const node = this.below(path, join(this.at.apiPath, key), field, known);
      return reading(given, metadataOf(declared, read(actual, key)), node, [key]);
    }
    const disks = disksOfRole(key, actual);
    if (disks !== undefined) {
      const known = this.subject.api.find(this.at.schema, 'disks');
      const node = this.below(path, join(this.at.apiPath, 'disks'), field, known);
      return reading(given, disks, node, ['disks']);
    }
    if (name === undefined) {
      return (
        this.document(key, path, given, actual) ?? this.flattened(key, path, field, given, actual)
      );
    }
    const node = this.below(
      path,
      join(this.at.apiPath, name),
      field,
      this.subject.api.find(this.at.schema, name),
    );
    return reading(given, read(actual, name), node, [name]);
  }

  /** The whole resource as one JSON text: `dashboard_json`. Fields the service adds to it are its own. */
  private document(
    key: string,
    path: string,
    given: JsonValue | undefined,
    actual: JsonObject,
  ): Reading | undefined {
    if (this.at.path !== '' || !key.endsWith('_json') || typeof given !== 'string')
      return undefined;
    const declared = parseJsonDocument(given);
    if (!isObject(declared)) return undefined;
    const node = this.moved(path);
    return {
      kind: 'value',
      value: actual,
      declared,
      node,
      segments: [],
      claims: Object.keys(actual),
    };
  }

  /** An argument named after its block and its place in it: `max_surge_fixed` is `maxSurge.fixed`. */
  private flattened(
    key: string,
    path: string,
    field: GcpField | undefined,
    given: JsonValue | undefined,
    actual: JsonObject,
  ): Reading | undefined {
    const place = flattenedPlace(this.subject.api, this.at.schema, key);
    if (place === undefined) return undefined;
    const { block, name, known } = place;
    const holder = read(actual, block);
    const value = isObject(holder) ? read(holder, name) : undefined;
    const node = this.below(path, join(join(this.at.apiPath, block), name), field, known);
    return reading(given, value, node, [block, name]);
  }

  private below(
    path: string,
    apiPath: string,
    field: GcpField | undefined,
    known: ApiField | undefined,
    declared = true,
  ): GcpNode {
    const described = { path, field, known, declared };
    const freeMap = isFreeMap(this.subject, described);
    const position = { path, apiPath, schema: known?.schema ?? null, freeMap };
    const facts = factsOf(this.subject, this.at, this.facts, described);
    return new GcpNode(this.subject, position, facts);
  }

  element(): LensNode {
    const { kind } = this.facts;
    const facts = {
      ...elementFacts(this.subject, this.at),
      ...(kind === 'resource-id' && { kind }),
    };
    return new GcpNode(this.subject, this.at, facts);
  }

  /** The same list where the elements carry names of their own: they are found by them, in any order. */
  asSet(): GcpNode {
    return new GcpNode(this.subject, this.at, { ...this.facts, order: 'set' });
  }

  withExtras(extras: FieldFacts['extras']): GcpNode {
    return new GcpNode(this.subject, this.at, { ...this.facts, ...(extras && { extras }) });
  }

  /** The same position where Terraform writes blocks for the entries of the API's map. */
  asBlocks(key: string): GcpNode {
    const facts: FieldFacts = { ...this.facts, order: 'set', identity: [key] };
    return new GcpNode(this.subject, { ...this.at, freeMap: false }, facts);
  }

  moved(path: string): GcpNode {
    return new GcpNode(this.subject, { ...this.at, path });
  }

  besides(key: string, path: string): GcpNode {
    const known = this.subject.api.find(this.at.schema, key);
    const apiPath = join(this.at.apiPath, key);
    return this.below(path, apiPath, this.subject.fields.find(path), known, false);
  }

  undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    return undeclaredAt(this, actual, claimed, declared);
  }
}
