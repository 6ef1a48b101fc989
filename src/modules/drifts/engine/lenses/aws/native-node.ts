import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { indexKeys, matchName, squash, words, type NameMatch } from './name-match.js';
import { shapeLike } from './native-value.js';
import { terraformFacts } from './terraform-facts.js';
import type { TerraformSchema } from './terraform-schema.js';

/** What all nodes of one pair share. */
export interface NativeContext {
  readonly schema: TerraformSchema;
  /** Published names by attribute of the resource itself; dotted where the API nests it. */
  readonly mapped: Readonly<Record<string, readonly string[]>>;
  /** Squashed first-level names the API is known to answer with when they are set. */
  readonly answered: ReadonlySet<string>;
}

const NO_COUNTERPART = 'no field of what the API returned is known to hold it';

/** From hashicorp/aws attributes to the provider's own words. */
export class NativeNode implements LensNode {
  readonly sameShape = false;

  /** `code` is undefined at the top; `nouns` are the words of the type or of the block it stands in. */
  constructor(
    private readonly context: NativeContext,
    private readonly code: string | undefined,
    private readonly nouns: readonly string[],
    readonly facts: FieldFacts = NO_FACTS,
  ) {}

  private get top(): boolean {
    return this.code === undefined;
  }

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    const value = read(declared, key);
    if (!this.named) return this.mapEntry(key, actual);
    if (value === null || value === undefined)
      return { kind: 'not-compared', reason: 'not set', claims: [] };
    if (this.top && key === 'id') {
      return { kind: 'not-compared', reason: 'the identity the two were matched by', claims: [] };
    }
    const facts = terraformFacts(this.context.schema, this.code, key);
    const found = this.find(key, actual);
    if (!found) return this.absent(key, value, facts);
    const shaped = shapeLike(value, found.value, key);
    const [claim = ''] = found.segments;
    if (!shaped) {
      return { kind: 'not-compared', reason: 'the API holds it in another shape', claims: [claim] };
    }
    const guessed = !found.sure || this.facts.guessed === true;
    return {
      kind: 'value',
      value: shaped.value,
      declared: key === 'tags' ? value : value,
      node: this.below(key, guessed ? { ...facts, guessed: true } : facts),
      segments: found.segments,
      claims: [claim],
    };
  }

  /** Whether the provider names what stands below here, as opposed to a map of the user's own keys. */
  private get named(): boolean {
    return this.top || this.context.schema.names(this.code).length > 0;
  }

  private mapEntry(key: string, actual: JsonObject): Reading {
    const node = new NativeNode(this.context, 'j', this.nouns, this.facts);
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  private below(key: string, facts: FieldFacts): NativeNode {
    const code = this.context.schema.code(this.code, key) ?? 'j';
    return new NativeNode(this.context, code, words(key), facts);
  }

  /** What it means that the API returned nothing under this name. */
  private absent(key: string, value: JsonValue, facts: FieldFacts): Reading {
    const skip = (reason: string): Reading => ({ kind: 'not-compared', reason, claims: [] });
    if (facts.toolOnly === true) return skip('an argument of the tool itself; no API has it');
    if (facts.readOnly === true) return skip('computed by the provider');
    if (facts.absence === 'unreadable') {
      return { kind: 'unverifiable', reason: 'The service never returns this value.', claims: [] };
    }
    const answered = this.top && this.context.answered.has(squash(key));
    if (!answered || isDeepEmpty(value) || value === false || value === 0)
      return skip(NO_COUNTERPART);
    return {
      kind: 'value',
      value: undefined,
      node: this.below(key, facts),
      segments: [key],
      claims: [],
    };
  }

  private find(
    key: string,
    actual: JsonObject,
  ): { value: JsonValue; segments: string[]; sure: boolean } | undefined {
    const mapped = this.top ? (this.context.mapped[key] ?? []) : [];
    const match = matchName(key, indexKeys(actual), mapped, this.nouns);
    const held = match && read(actual, match.key);
    if (match?.sure === true && held !== undefined)
      return { value: held, segments: [match.key], sure: true };
    return (
      dotted(mapped, actual) ?? guess(match, held) ?? (this.top ? nested(key, actual) : undefined)
    );
  }

  element(): LensNode {
    return new NativeNode(
      this.context,
      this.code,
      this.nouns,
      this.facts.guessed === true ? { guessed: true } : NO_FACTS,
    );
  }

  /** Inside a map every key is the user's; elsewhere a state lists all it knows, and the rest is the service's own. */
  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    if (this.named) return;
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || Object.hasOwn(declared, key) || value === undefined) continue;
      const node = new NativeNode(this.context, 'j', this.nouns, {
        extras: 'confirmed',
        ...this.facts,
      });
      yield { key, actualKey: key, value, node };
    }
  }
}

function guess(match: NameMatch | undefined, value: JsonValue | undefined) {
  return match && value !== undefined ? { value, segments: [match.key], sure: false } : undefined;
}

/** A published name that stands inside another object: `Placement.AvailabilityZone`. */
function dotted(mapped: readonly string[], actual: JsonObject) {
  for (const name of mapped) {
    const segments: string[] = [];
    let value: JsonValue | undefined = actual;
    for (const part of name.split('.')) {
      const key: string | undefined = isObject(value)
        ? indexKeys(value).get(squash(part))
        : undefined;
      value = key !== undefined && isObject(value) ? read(value, key) : undefined;
      segments.push(key ?? part);
    }
    if (value !== undefined) return { value, segments, sure: true };
  }
  return undefined;
}

/** The same name one level down, when exactly one object has it. */
function nested(key: string, actual: JsonObject) {
  const found = Object.entries(actual).flatMap(([outer, object]) => {
    const name = isObject(object) ? indexKeys(object).get(squash(key)) : undefined;
    const value = name !== undefined && isObject(object) ? read(object, name) : undefined;
    return name !== undefined && value !== undefined
      ? [{ value, segments: [outer, name], sure: false }]
      : [];
  });
  return found.length === 1 ? found[0] : undefined;
}
