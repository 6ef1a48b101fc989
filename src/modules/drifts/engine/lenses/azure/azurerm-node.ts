import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { keyFinder } from '../any-case.js';
import { isSecretName } from './arm-facts.js';
import type { ArmSchemas } from './arm-schemas.js';
import { bare, spellings } from './azurerm-names.js';
import type { ArmPlace, AzurermCatalogue } from './azurerm-overlay.js';
import {
  follow,
  identityOf,
  mayStandFor,
  opposite,
  readAnyCase,
  unwrapIds,
  valueAt,
} from './azurerm-values.js';

/** What all positions of one resource share. */
export interface AzurermSubject {
  readonly catalogue: AzurermCatalogue;
  readonly schemas: ArmSchemas;
  /** The ARM resource as a whole, for arguments that stand elsewhere in it. */
  readonly resource: JsonObject;
  /** The ARM id, in lower case. */
  readonly id: string;
}

export interface AzurermPosition {
  /** Dotted Terraform path without indexes. */
  readonly path: string;
  /** Keys leading to the ARM object the children are read from, list indexes left out. */
  readonly armPath: readonly string[];
  readonly schema: string | null;
  /** Keys are the user's own (tags, app settings). */
  readonly freeMap: boolean;
}

interface Found {
  /** Elements nobody declared here belong to resources of their own. */
  readonly shared?: boolean;
  readonly value: JsonValue | undefined;
  readonly segments: readonly string[];
  readonly schema: string | null;
  readonly facts: FieldFacts;
}

const ROOT_FACTS: FieldFacts = { absence: 'zero', extras: 'unknown' };

/** Arguments that steer Terraform and exist in no API (azurerm documentation, "Timeouts"). */
const TOOL_ARGUMENTS = new Set(['timeouts']);

const keyByBareName = keyFinder(bare);

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** One position of an azurerm resource: Terraform's blocks against ARM's objects. */
export class AzurermNode implements LensNode {
  readonly sameShape = false;

  constructor(
    private readonly subject: AzurermSubject,
    private readonly at: AzurermPosition,
    readonly facts: FieldFacts = ROOT_FACTS,
  ) {}

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    if (this.at.freeMap) return this.entry(key, actual);
    const path = join(this.at.path, key);
    const given = read(declared, key);
    if (this.at.path === '' && TOOL_ARGUMENTS.has(key))
      return skip('an argument of Terraform itself');
    if (this.at.path === '' && key === 'identity') return this.identity(actual);
    if ((key === 'name' || key === 'id') && this.isPartOfId(given)) return this.settled(given);
    const places = this.subject.catalogue.places(path);
    if (places === null) {
      return this.isPartOfId(given)
        ? this.settled(given)
        : skip('the provider keeps it; the resource in ARM has no such field');
    }
    const found = places ? this.placed(places, actual) : this.named(key, given, actual);
    if (found?.value === undefined && this.isPartOfId(given)) return this.settled(given);
    if (!found) return skip('no published field of that name');
    return {
      kind: 'value',
      value: unwrapIds(key, given, found.value),
      node: this.below(path, found),
      segments: found.segments,
      claims: found.segments.slice(0, 1),
    };
  }

  /** The names of the resource, its group and its parents, and their ids, are parts of its own id. */
  private isPartOfId(value: JsonValue | undefined): boolean {
    if (this.at.path !== '' || typeof value !== 'string' || value === '') return false;
    const text = value.toLowerCase();
    const { id } = this.subject;
    return (
      id.split('/').includes(text) || (text.startsWith('/') && `${id}/`.startsWith(`${text}/`))
    );
  }

  /** The match itself says it. */
  private settled(given: JsonValue | undefined): Reading {
    return { kind: 'value', value: given, node: this, segments: [], claims: [] };
  }

  private entry(key: string, actual: JsonObject): Reading {
    const node = new AzurermNode(
      this.subject,
      { ...this.at, path: join(this.at.path, key) },
      { extras: this.facts.kind === 'tags' ? 'potential' : 'confirmed' },
    );
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  private identity(actual: JsonObject): Reading {
    const found = { segments: ['identity'], schema: null, facts: {}, value: identityOf(actual) };
    const node = this.below('identity', found);
    return {
      kind: 'value',
      value: found.value,
      node,
      segments: ['identity'],
      claims: ['identity'],
    };
  }

  private placed(places: readonly ArmPlace[], actual: JsonObject): Found | undefined {
    const found = places.map((place) => {
      const inside = this.at.armPath.every((key, at) => place.path[at] === key);
      const path = inside ? place.path.slice(this.at.armPath.length) : place.path;
      const from = inside ? actual : this.subject.resource;
      const start = inside ? this.at.schema : null;
      const value = valueAt(place, path, from);
      return { value, segments: path, shared: place.shared, ...this.describe(start, path) };
    });
    return found.find(({ value }) => value !== undefined) ?? found[0];
  }

  /** Looks for the argument in the object at hand and in its `properties`, by azurerm's naming conventions. */
  private named(key: string, given: JsonValue | undefined, actual: JsonObject): Found | undefined {
    let published: Found | undefined;
    for (const { name, below, negated = false } of spellings(key, Array.isArray(given))) {
      for (const prefix of [[], ['properties']]) {
        const there = this.lookUp(prefix, name, below, actual);
        const found = there && negated ? turnedRound(there) : there;
        if (found === undefined || !mayStandFor(key, given, found.value)) continue;
        if (found.value !== undefined) return found;
        published ??= found;
      }
    }
    return published;
  }

  private lookUp(
    prefix: readonly string[],
    name: string,
    below: string | undefined,
    actual: JsonObject,
  ): Found | undefined {
    const object = follow(actual, prefix);
    const schema = this.describe(this.at.schema, prefix).schema;
    const first = this.pick(name, object, prefix.length === 0 ? this.at.schema : schema);
    if (first === undefined) return undefined;
    const segments = [...prefix, first];
    if (below === undefined) {
      return {
        value: follow(actual, segments),
        segments,
        ...this.describe(this.at.schema, segments),
      };
    }
    const inner = follow(actual, segments);
    const described = this.describe(this.at.schema, segments);
    for (const wrapper of [[], ['properties']]) {
      const target = isObject(inner) ? follow(inner, wrapper) : undefined;
      const within =
        wrapper.length === 0 ? described.schema : this.describe(described.schema, wrapper).schema;
      const second = this.pick(below, target, within);
      if (second === undefined) continue;
      const all = [...segments, ...wrapper, second];
      return { value: follow(actual, all), segments: all, ...this.describe(this.at.schema, all) };
    }
    return undefined;
  }

  /** The real name of a field, from the answer or from the schema. */
  private pick(
    name: string,
    object: JsonValue | undefined,
    schema: string | null,
  ): string | undefined {
    const same = (candidate: string): boolean => bare(candidate) === name;
    const answered = isObject(object) ? keyByBareName(object, name) : undefined;
    return answered ?? this.subject.schemas.names(schema).find(same);
  }

  /** What the schema says at the end of a path. */
  private describe(
    from: string | null,
    path: readonly string[],
  ): { schema: string | null; facts: FieldFacts } {
    let schema = from;
    let facts: FieldFacts = {};
    for (const key of path) {
      const field = this.subject.schemas.find(schema, key);
      schema = field?.schema ?? null;
      facts = field?.facts ?? {};
    }
    return { schema, facts };
  }

  private below(path: string, { segments, schema, facts, shared }: Found): AzurermNode {
    const { catalogue } = this.subject;
    const tags = path === 'tags';
    const name = path.slice(path.lastIndexOf('.') + 1);
    const own: FieldFacts = {
      ...ROOT_FACTS,
      ...facts,
      ...(catalogue.isSet(path) && { order: 'set' }),
      ...(catalogue.isComputed(path) && { readOnly: true }),
      ...(tags && { kind: 'tags' }),
      ...(shared === true && { extras: 'ignored' }),
      ...(isSecretName(name) && { sensitive: true, absence: 'unreadable' }),
    };
    const armPath = [...this.at.armPath, ...segments];
    const freeMap = tags || catalogue.isMap(path);
    return new AzurermNode(this.subject, { path, armPath, schema, freeMap }, own);
  }

  element(): LensNode {
    const extras = this.facts.extras === 'ignored' ? 'ignored' : 'confirmed';
    return new AzurermNode(this.subject, this.at, { absence: 'zero', extras });
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    // azurerm keeps every argument in its state, so what is left over is no argument of the resource.
    if (!this.at.freeMap) return;
    for (const key of Object.keys(actual)) {
      const value = readAnyCase(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      const extras = key.startsWith('hidden-')
        ? ('ignored' as const)
        : this.facts.kind === 'tags'
          ? ('potential' as const)
          : ('confirmed' as const);
      const node = new AzurermNode(
        this.subject,
        { ...this.at, path: join(this.at.path, key) },
        { extras },
      );
      yield { key, actualKey: key, value, node };
    }
  }
}

/** The switch that ARM names by its opposite. */
function turnedRound({ value, facts, ...found }: Found): Found {
  const { default: published } = facts;
  const turned = opposite(published);
  return {
    ...found,
    value: opposite(value),
    facts: turned === undefined ? facts : { ...facts, default: turned },
  };
}

function skip(reason: string): Reading {
  return { kind: 'not-compared', reason, claims: [] };
}
