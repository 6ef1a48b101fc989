import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { isZero } from '../../comparators/proto-zero.js';
import { camelCase, findApiName, findBlockName, snakeCase } from './api-names.js';
import type { ApiField } from './api-schema.js';
import { disksOfRole, durationOf, liveState, metadataOf } from './conventions.js';
import type { GcpField } from './field-catalogue.js';
import { isLeftToApi, isUnresolvedReference, lostToRival, namesResource } from './gcp-absence.js';
import { flattenedPlace, placeOf, type GcpPosition, type GcpSubject } from './gcp-position.js';
import { reading, skip } from './gcp-reading.js';
import { isPlatformLabel, isServiceEntry, withoutPlatformLabels } from './platform-labels.js';
import { TOOL_ARGUMENTS } from './tool-arguments.js';

export const ROOT_FACTS: FieldFacts = { absence: 'zero', extras: 'unknown' };

/** Lists of texts whose order is their meaning: command lines, statements, ordered steps. */
const SEQUENCE =
  /(^|_)(args?|arguments|commands?|entrypoint|ddl|statements?|steps?|order|priorit\w+|uris?)$/;

function isSwitch(key: string): boolean {
  return key === 'enabled' || key === 'enable';
}

function isSameText(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === 'object' || typeof right === 'object') return false;
  return String(left).toLowerCase() === String(right).toLowerCase();
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
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
    if (namesResource(this.subject, this.at, given)) {
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
    const node = new GcpNode(this.subject, position, this.elementFacts());
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
    const node = new GcpNode(this.subject, { ...this.at, path });
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
    const name = path.slice(path.lastIndexOf('.') + 1);
    const { shape } = this.subject;
    const labels = field?.facts.kind === 'tags' || /(^|[._])(labels|annotations)$/.test(path);
    // APIs keep names and ids in no order of their own; only what runs in sequence is ordered.
    const unordered = shape.isSet(path) || (this.holdsTexts(known) && !SEQUENCE.test(name));
    const { readOnly, ...published } = known?.facts ?? {};
    const isBlock = this.at.schema !== null;
    const computed =
      !declared || (field === undefined && this.subject.readBack && !shape.isInput(path));
    const facts: FieldFacts = {
      ...ROOT_FACTS,
      ...(unordered && { order: 'set' }),
      ...published,
      // What is only taken in is not answered, nor is anything in it.
      ...(this.facts.absence === 'unreadable' &&
        this.facts.order === undefined &&
        isBlock && { absence: 'unreadable' as const }),
      ...(readOnly === true && computed && { readOnly }),
      ...field?.facts,
    };
    const freeMap = labels || shape.isMap(path) || known?.shape === 'map';
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
    if (this.subject.fields.find(this.at.path)?.merged === true) return { extras: 'unknown' };
    return { extras: labels ? 'potential' : 'confirmed' };
  }

  element(): LensNode {
    const { kind } = this.facts;
    const facts = { ...this.elementFacts(), ...(kind === 'resource-id' && { kind }) };
    return new GcpNode(this.subject, this.at, facts);
  }

  /**
   * Whether a value nobody declared was set by somebody: it stands in an argument that neither the API nor a default
   * fills in, and it is not the zero value.
   */
  isSet(value: JsonValue): boolean {
    if (this.facts.readOnly === true || this.at.freeMap || isZero(value)) return false;
    const { silence } = this.subject;
    const fallback = this.facts.default ?? silence.documentedDefault(this.at.path);
    if (fallback !== undefined && isSameText(fallback, value)) return false;
    if (!isObject(value)) return true;
    return silence.writtenIn(this.at.path).some((name) => {
      const found = this.child(name, { [name]: null }, value);
      if (found.kind !== 'value' || found.value === undefined) return false;
      return found.node instanceof GcpNode && found.node.isSet(found.value);
    });
  }

  /** The provider's own definition of a free text or number names no default. */
  private hasNoDefault(path: string, { facts }: GcpNode): boolean {
    const plain = facts.caseInsensitive !== true && facts.kind === undefined;
    return plain && facts.default === undefined && this.subject.fields.find(path) !== undefined;
  }

  /** A default is known, and the value is another. */
  private hasDefault(path: string, { facts }: GcpNode): boolean {
    return (facts.default ?? this.subject.silence.documentedDefault(path)) !== undefined;
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

  *undeclared(
    actual: JsonObject,
    declaredKeys: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    const claimed = new Set(declaredKeys);
    if (!this.at.freeMap) {
      for (const name of this.subject.silence.unfilledIn(this.at.path)) {
        if (Object.hasOwn(declared, name)) continue;
        const found = this.child(name, { [name]: null }, actual);
        if (found.kind !== 'value' || found.value === undefined) continue;
        const [key] = found.claims;
        if (key === undefined || (found.segments.length === 1 && claimed.has(key))) continue;
        if (!(found.node instanceof GcpNode) || !found.node.isSet(found.value)) continue;
        // Terraform allows defaults for single values only; a word or a number may be one nobody published.
        if (typeof found.value === 'string' || typeof found.value === 'number') continue;
        const node = found.node.withExtras(
          this.subject.speaksTerraform ? 'confirmed' : 'potential',
        );
        yield { key: name, actualKey: found.segments.join('.'), value: found.value, node };
        if (found.segments.length === 1) claimed.add(key);
      }
    }
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined || isPlatformLabel(key)) continue;
      if (this.at.freeMap) {
        if (isServiceEntry(key, value)) continue;
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
      if (
        value === false &&
        isSwitch(key) &&
        this.at.path !== '' &&
        this.subject.fields.find(path) === undefined
      ) {
        // Terraform says so by writing the block at all.
        const node = new GcpNode(this.subject, { ...this.at, path });
        if (!this.subject.silence.knows(path))
          yield { key: name, actualKey: key, value, declared: true, node };
        continue;
      }
      const known = this.subject.api.find(this.at.schema, key);
      const node = this.below(
        path,
        join(this.at.apiPath, key),
        this.subject.fields.find(path),
        known,
        false,
      );
      const own = node.freeMap ? withoutPlatformLabels(value) : value;
      if (own !== undefined) yield { key: name, actualKey: key, value: own, node };
    }
  }
}
