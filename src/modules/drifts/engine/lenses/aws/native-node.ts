import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { SEQUENCE } from './cfn-facts.js';
import {
  indexKeys,
  LIKENESS_LIMIT,
  matchName,
  NO_NOUNS,
  squash,
  type NameMatch,
  type Nouns,
} from './name-match.js';
import { nestedPlace, publishedPlace, type Found } from './published-place.js';
import { flatBlock } from './flat-block.js';
import { shapeLike, shapeTags } from './native-value.js';
import type { Vocabulary } from './vocabulary.js';

/** What all nodes of one pair share. */
export interface NativeContext {
  readonly vocabulary: Vocabulary;
  /** Published names by attribute of the resource itself; dotted where the API nests it. */
  readonly mapped: ReadonlyMap<string, readonly string[]>;
  /** First-level names the API is known to answer with when they are set, by their squashed form. */
  readonly answered: ReadonlyMap<string, string>;
  /** What stands at an API name when nobody set it, where that is published. */
  readonly defaults?: (name: string) => JsonValue | undefined;
  /** A declared value is one member of a live list of more (an attachment). */
  readonly member?: boolean;
}

/** Maps that hold the user's own keys and nothing else; a service completes the others with its settings. */
const USER_MAP = /(tags|labels|variables|environment)/;

/** What is attached to every machine, whether or not the code has a block for it. */
const ATTACHMENTS = /^(network_interface|ebs_block_device|security_groups)$/;

const NO_COUNTERPART = 'no field of what the API returned is known to hold it';

/** From a declared vocabulary to the API's own words. */
export class NativeNode implements LensNode {
  readonly sameShape = false;

  /** `code` is undefined at the top; `nouns` are the words of the type or of the block it stands in. */
  constructor(
    private readonly context: NativeContext,
    private readonly code: string | undefined,
    private readonly nouns: readonly string[],
    readonly facts: FieldFacts = NO_FACTS,
    /** Attribute this block is the value of. */
    private readonly block = '',
  ) {}

  /** How the published names call an attribute: by itself at the top, after the name of its block below. */
  private place(key: string): string {
    return this.top ? key : `${this.block}.${key}`;
  }

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
    if (ATTACHMENTS.test(key) && isDeepEmpty(value)) {
      return { kind: 'not-compared', reason: 'none declared', claims: [] };
    }
    const facts = this.context.vocabulary.facts(this.code, key);
    const found = this.flat(key, value, actual) ?? this.find(key, actual);
    if (!found) return this.absent(key, value, facts, actual);
    const shaped = this.shape(key, value, found.value, facts);
    const claim = String(found.segments[0] ?? '');
    if (this.top && key === 'tags_all' && isObject(read(declared, 'tags'))) {
      // Rules about tags look at both at once; one change is reported once.
      return { kind: 'not-compared', reason: 'compared together with tags', claims: [claim] };
    }
    if (!shaped) {
      return { kind: 'not-compared', reason: 'the API holds it in another shape', claims: [claim] };
    }
    if (isDeepEmpty(value) && this.readInParts(key, found, declared, actual)) {
      return { kind: 'not-compared', reason: 'read through other attributes', claims: [claim] };
    }
    const guessed = !found.sure || this.facts.guessed === true;
    return {
      kind: 'value',
      value: shaped.value,
      node: this.below(key, guessed ? { ...facts, guessed: true } : facts),
      segments: found.segments,
      claims: [claim],
    };
  }

  /** Only below the top: there an API groups what belongs to an object as a whole in its own way. */
  private flat(key: string, value: JsonValue, actual: JsonObject): Found | undefined {
    if (this.top) return undefined;
    const { vocabulary } = this.context;
    const code = vocabulary.code(this.code, key);
    return code === undefined ? undefined : flatBlock(key, value, vocabulary.names(code), actual);
  }

  private shape(key: string, value: JsonValue, live: JsonValue, facts: FieldFacts) {
    if (this.context.member === true) return asMember(value, live);
    const tags = facts.kind === 'tags' ? shapeTags(value, live) : undefined;
    return tags === undefined ? shapeLike(value, live, key) : { value: tags };
  }

  /** Whether the provider names what stands below here, as opposed to a map of the user's own keys. */
  private get named(): boolean {
    return this.top || this.context.vocabulary.names(this.code).length > 0;
  }

  private mapEntry(key: string, actual: JsonObject): Reading {
    const node = new NativeNode(this.context, 'j', this.nouns, this.facts);
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  private below(key: string, facts: FieldFacts): NativeNode {
    const code = this.context.vocabulary.code(this.code, key) ?? 'j';
    // Two APIs rarely list blocks in one order; only lists that are about order are compared by place.
    const loose = facts.order === undefined && code.startsWith('[#') && !SEQUENCE.test(key);
    return new NativeNode(
      this.context,
      code,
      this.context.vocabulary.words(key),
      loose ? { ...facts, order: 'set' } : facts,
      key,
    );
  }

  /** What it means that the API returned nothing under this name. */
  private absent(key: string, value: JsonValue, facts: FieldFacts, actual: JsonObject): Reading {
    const skip = (reason: string): Reading => ({ kind: 'not-compared', reason, claims: [] });
    if (facts.toolOnly === true) return skip('an argument of the tool itself; no API has it');
    if (facts.readOnly === true || key === 'arn') return skip('computed by the provider');
    if (facts.absence === 'unreadable') {
      return { kind: 'unverifiable', reason: 'The service never returns this value.', claims: [] };
    }
    const published = this.context.mapped.get(key) ?? [];
    const says = saysSomething(value) || isWordList(value);
    if (!this.top || facts.kind === 'tags' || !says) return skip(NO_COUNTERPART);
    // Of a place inside an object the answer says nothing when it lacks the whole object.
    const outer = published.flatMap((name) => {
      const [first = name] = name.split(/[.[]/, 1);
      return first === name || !indexKeys(actual).has(squash(first)) ? [first] : [];
    });
    const known = matchName(key, this.context.answered, outer, NO_NOUNS);
    if (known?.sure !== true) return skip(NO_COUNTERPART);
    const inner = published
      .find((name) => /[.[]/.test(name))
      ?.split('.')
      .at(-1);
    const fallback =
      this.context.defaults?.(known.key) ?? (inner && this.context.defaults?.(inner));
    return {
      kind: 'value',
      value: undefined,
      node: this.below(key, fallback === undefined ? facts : { ...facts, default: fallback }),
      segments: [key],
      claims: [],
    };
  }

  private find(key: string, actual: JsonObject): Found | undefined {
    const mapped = this.context.mapped.get(this.place(key)) ?? [];
    const deep = publishedPlace(mapped, actual);
    if (deep) return deep;
    const nouns: Nouns = { words: this.nouns, of: this.top ? 'type' : 'block' };
    const match = matchName(key, indexKeys(actual), mapped, nouns);
    const held = match && read(actual, match.key);
    if (match?.sure === true && held !== undefined)
      return { value: held, segments: [match.key], sure: true };
    const mine = match && !this.isAnother(match, key);
    return (
      (mine ? guess(match, held) : undefined) ??
      (this.top && indexKeys(actual).size <= LIKENESS_LIMIT ? nestedPlace(key, actual) : undefined)
    );
  }

  /** An empty block whose live counterpart other attributes of the code read piece by piece (`deployment_maximum_percent`). */
  private readInParts(
    key: string,
    { value, segments }: Found,
    declared: JsonObject,
    actual: JsonObject,
  ): boolean {
    if (!this.top || !isObject(value) || segments.length !== 1) return false;
    const pieces = new Set<string | number | undefined>();
    for (const other of Object.keys(declared)) {
      const one = other === key || read(declared, other) === null ? null : this.find(other, actual);
      if (one?.segments[0] === segments[0]) pieces.add(one?.segments[1]);
    }
    return Object.keys(value).every((piece) => isDeepEmpty(value[piece]) || pieces.has(piece));
  }

  /** A guess at a field that another declared name has a better claim to. */
  private isAnother(match: NameMatch, key: string): boolean {
    const name = squash(match.key);
    return this.context.vocabulary
      .names(this.code)
      .some((other) => other !== key && squash(other) === name);
  }

  element(): LensNode {
    return new NativeNode(
      this.context,
      this.code,
      this.nouns,
      this.facts.guessed === true ? { guessed: true } : NO_FACTS,
      this.block,
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
        extras: USER_MAP.test(this.nouns.join('_')) ? 'confirmed' : 'unknown',
        ...this.facts,
      });
      yield { key, actualKey: key, value, node };
    }
  }
}

/** The declared value itself where a live list has it, by itself or inside its elements, as far as it has; null where it does not. */
function asMember(value: JsonValue, live: JsonValue): { value: JsonValue } | undefined {
  if (!Array.isArray(live)) return shapeLike(value, live, '');
  const has = (wanted: JsonValue): boolean =>
    live.some((one) => one === wanted || (isObject(one) && Object.values(one).includes(wanted)));
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return { value: value.filter(has) };
  if (typeof value !== 'string') return shapeLike(value, live, '');
  return { value: has(value) ? value : null };
}

/** Whether a value is more than the zero an API may leave out; plain lists are often filled in by the provider. */
function saysSomething(value: JsonValue): boolean {
  if (value === false || value === 0 || isDeepEmpty(value)) return false;
  return !Array.isArray(value) || value.every(isObject);
}

/** Words the code chose; ids and zones may have been filled in by the service. */
function isWordList(value: JsonValue): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string' && /^[a-z]+$/i.test(one))
  );
}

function guess(match: NameMatch | undefined, value: JsonValue | undefined) {
  return match && value !== undefined ? { value, segments: [match.key], sure: false } : undefined;
}
