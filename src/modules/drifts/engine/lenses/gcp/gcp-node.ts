import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { isZero } from '../../comparators/proto-zero.js';
import { camelCase, findApiName, findBlockName, snakeCase } from './api-names.js';
import type { ApiField } from './api-schema.js';
import { disksOfRole, durationOf, metadataOf, unwrapReference } from './conventions.js';
import type { GcpField } from './field-catalogue.js';
import { placeOf, type GcpPosition, type GcpSubject } from './gcp-position.js';
import { reading, skip } from './gcp-reading.js';
import { isPlatformLabel, withoutPlatformLabels } from './platform-labels.js';
import { TOOL_ARGUMENTS } from './tool-arguments.js';

export const ROOT_FACTS: FieldFacts = { absence: 'zero', extras: 'unknown' };

/** Lists of texts whose order is their meaning: command lines, statements, ordered steps. */
const SEQUENCE =
  /(^|_)(args?|arguments|commands?|entrypoint|ddl|statements?|steps?|order|priorit\w+|uris?)$/;

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
    const field =
      this.subject.fields.find(path) ??
      this.subject.fields.find(join(this.at.path, snakeCase(key)));
    const given = read(declared, key);
    if (this.isLeftToApi(path, field) && isDeepEmpty(given)) return skip('left to the API');
    if (field?.facts.toolOnly === true) {
      return skip('an argument of the provider itself; the API has no such field');
    }
    const found = field?.api
      ? this.mapped(path, field, field.api, given, actual)
      : this.named(key, path, field, declared, actual);
    if (found?.kind === 'value' && found.value !== undefined) return found;
    if (this.isUnresolvedReference(given, found)) {
      return {
        kind: 'unverifiable',
        reason: 'A reference to another object of the code, not resolved to its name.',
        claims: [],
      };
    }
    if (found !== undefined && this.lostToRival(path, declared, actual)) {
      return {
        kind: 'unverifiable',
        reason: 'The code declares several of which the API keeps one, and it kept another.',
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

  /** In code an empty value of such an argument is none at all; a state holds what the provider read. */
  private isLeftToApi(path: string, field: GcpField | undefined): boolean {
    return (
      field?.filledByApi === true || (!this.subject.readBack && this.subject.silence.isFilled(path))
    );
  }

  /** A union field of the API holds one of several; where code declares two of them, one cannot be there. */
  private lostToRival(path: string, declared: JsonObject, actual: JsonObject): boolean {
    return this.subject.fields.rivalsOf(path).some((rival) => {
      const name = rival.slice(rival.lastIndexOf('.') + 1);
      const given = read(declared, name);
      if (isDeepEmpty(given)) return false;
      const field = this.subject.fields.find(rival);
      const place = field?.api
        ? placeOf(this.subject, this.at, field.api, actual).value
        : undefined;
      return place !== undefined;
    });
  }

  private namesResource(value: JsonValue | undefined): boolean {
    if (this.at.path !== '' || typeof value !== 'string' || value === '') return false;
    return this.subject.nameSegments.has((value.split('/').at(-1) ?? '').toLowerCase());
  }

  /** A reference by the object's own name: the provider knows the target under another one. */
  private isUnresolvedReference(given: JsonValue | undefined, found: Reading | undefined): boolean {
    if (!this.subject.fromObjects) return false;
    const reference = found?.kind === 'value' && found.node.facts.kind === 'resource-id';
    return unwrapReference(given, '') !== undefined || (reference && typeof given === 'string');
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
    given: JsonValue | undefined,
    actual: JsonObject,
  ): Reading {
    const places = api.split('|').map((place) => placeOf(this.subject, this.at, place, actual));
    const { segments, from, known, value } =
      places.find((place) => place.value !== undefined) ??
      places[0] ??
      placeOf(this.subject, this.at, api, actual);
    const node = this.below(path, api.split('|')[0] ?? api, field, known);
    const claims = from === actual ? segments.slice(0, 1) : [];
    return reading(given, value, node, segments, claims);
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
      findApiName(key, Object.keys(actual), repeated) ??
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
      return reading(given, metadataOf(declared, actual), node, [key]);
    }
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
    declared = true,
  ): GcpNode {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const { shape } = this.subject;
    const labels = field?.facts.kind === 'tags' || /(^|[._])(labels|annotations)$/.test(path);
    // APIs keep names and ids in no order of their own; only what runs in sequence is ordered.
    const unordered = shape.isSet(path) || (this.holdsTexts(known) && !SEQUENCE.test(name));
    const { readOnly, ...published } = known?.facts ?? {};
    const computed =
      !declared || (field === undefined && this.subject.readBack && !shape.isInput(path));
    const facts: FieldFacts = {
      ...ROOT_FACTS,
      ...(unordered && { order: 'set' }),
      ...published,
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
        false,
      );
      const own = node.freeMap ? withoutPlatformLabels(value) : value;
      if (own !== undefined) yield { key: name, actualKey: key, value: own, node };
    }
  }
}
