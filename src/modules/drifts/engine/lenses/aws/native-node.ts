import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { SEQUENCE } from './cfn-facts.js';
import { flatBlock } from './flat-block.js';
import { indexKeys, LIKENESS_LIMIT, matchName, squash, type Nouns } from './name-match.js';
import { keyOfWords } from './name-words.js';
import { removed } from './native-absence.js';
import { isChoiceUndone } from './native-choice.js';
import type { NativeContext, NativePosition } from './native-context.js';
import { asMember } from './native-member.js';
import { shapeLike, shapeTags } from './native-value.js';
import { insideNamed, nestedPlace } from './nested-place.js';
import { publishedPlace, usualPlace, type Found } from './published-place.js';

export type { NativeContext } from './native-context.js';

/** Maps that hold the user's own keys and nothing else; a service completes the others with its settings. */
const USER_MAP = /(tags|labels|variables|environment)/;

/** What is attached to every machine, whether or not the code has a block for it. */
const ATTACHMENTS = /^(network_interface|ebs_block_device|security_groups)$/;

const NO_COUNTERPART = 'no field of what the API returned is known to hold it';

/** From a declared vocabulary to the API's own words. */
export class NativeNode implements LensNode {
  readonly sameShape = false;

  constructor(
    private readonly context: NativeContext,
    private readonly at: NativePosition,
    readonly facts: FieldFacts = NO_FACTS,
  ) {}

  private get code(): string | undefined {
    return this.at.code;
  }

  private get top(): boolean {
    return this.code === undefined;
  }

  private get nouns(): Nouns {
    return { words: this.at.nouns, of: this.top ? 'type' : 'block' };
  }

  /** How the published names call an attribute: by itself at the top, after the name of its block below. */
  private place(key: string): string {
    return this.top ? key : `${this.at.block}.${key}`;
  }

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    const value = read(declared, key);
    if (!this.named && !this.isBlock(declared, actual)) return this.mapEntry(key, actual);
    if (value === null || value === undefined)
      return { kind: 'not-compared', reason: 'not set', claims: [] };
    if (this.top && key === 'id') {
      return { kind: 'not-compared', reason: 'the identity the two were matched by', claims: [] };
    }
    if (ATTACHMENTS.test(key) && isDeepEmpty(value)) {
      return { kind: 'not-compared', reason: 'none declared', claims: [] };
    }
    const facts = this.context.vocabulary.facts(this.code, key);
    const found = this.flat(key, value, actual) ?? this.find(key, value, actual);
    if (!found && !this.top && isChoiceUndone(key, declared, actual))
      return this.undone(key, facts);
    if (!found) return this.absent(key, value, facts, actual);
    return this.compared(key, value, facts, found, declared, actual);
  }

  private compared(
    key: string,
    value: JsonValue,
    facts: FieldFacts,
    place: Found,
    declared: JsonObject,
    actual: JsonObject,
  ): Reading {
    const { found, shaped } = this.shapedAt(key, value, facts, place);
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
      node: this.below(key, guessed ? { ...facts, guessed: true } : facts, found.segments),
      segments: found.segments,
      claims: [claim],
    };
  }

  /** The value in the shape of the code, where it stands or in the object that is called after it (`Schedule.ScheduleExpression`). */
  private shapedAt(key: string, value: JsonValue, facts: FieldFacts, found: Found) {
    const shaped = this.shape(key, value, found.value, facts);
    const inside = shaped ? undefined : insideNamed(key, found, this.nouns);
    const inner = inside && this.shape(key, value, inside.value, facts);
    return inside && inner ? { found: inside, shaped: inner } : { found, shaped };
  }

  /** Only below the top: there an API groups what belongs to an object as a whole in its own way. */
  private flat(key: string, value: JsonValue, actual: JsonObject): Found | undefined {
    if (this.top) return undefined;
    const { vocabulary } = this.context;
    const code = vocabulary.code(this.code, key);
    return code === undefined ? undefined : flatBlock(key, value, vocabulary.names(code), actual);
  }

  private shape(key: string, value: JsonValue, found: JsonValue, facts: FieldFacts) {
    const live = this.at.place?.withoutServiceEntries(key, found) ?? found;
    if (this.context.member === true) return asMember(value, live);
    const tags = facts.kind === 'tags' ? shapeTags(value, live) : undefined;
    return tags === undefined ? shapeLike(value, live, key) : { value: tags };
  }

  /** Whether the provider names what stands below here, as opposed to a map of the user's own keys. */
  private get named(): boolean {
    return this.top || this.context.vocabulary.names(this.code).length > 0;
  }

  /** A block no schema describes (statements that hold statements): its keys are the provider's spelling of the API's own. */
  private isBlock(declared: JsonObject, actual: JsonObject): boolean {
    if (this.code !== 'j') return false;
    const names = Object.keys(declared);
    const index = indexKeys(actual);
    return (
      !names.some((name) => Object.hasOwn(actual, name)) &&
      names.some((name) => index.has(squash(name))) &&
      index.size <= LIKENESS_LIMIT
    );
  }

  private mapEntry(key: string, actual: JsonObject): Reading {
    const node = new NativeNode(this.context, { ...this.at, code: 'j' }, this.facts);
    return { kind: 'value', value: read(actual, key), node, segments: [key], claims: [key] };
  }

  private below(
    key: string,
    facts: FieldFacts,
    segments: readonly (string | number)[] = [],
  ): NativeNode {
    const code = this.context.vocabulary.code(this.code, key) ?? 'j';
    // Two APIs rarely list blocks in one order; only lists that are about order are compared by place.
    const loose = facts.order === undefined && code.startsWith('[#') && !SEQUENCE.test(key);
    const place = segments.length === 0 ? undefined : this.at.place?.step(segments);
    const nouns = this.context.vocabulary.words(key);
    return new NativeNode(
      this.context,
      { code, nouns, block: key, place },
      loose ? { ...facts, order: 'set' } : facts,
    );
  }

  /** One of several empty blocks was chosen, and the live object chose another (`allow {}` and `Block: {}`). */
  private undone(key: string, facts: FieldFacts): Reading {
    const node = this.below(key, { ...facts, explicitEmpty: true });
    return { kind: 'value', value: undefined, node, segments: [key], claims: [] };
  }

  /** What it means that the API returned nothing under this name. */
  private absent(key: string, value: JsonValue, facts: FieldFacts, actual: JsonObject): Reading {
    const skip = (reason: string): Reading => ({ kind: 'not-compared', reason, claims: [] });
    if (facts.toolOnly === true) return skip('an argument of the tool itself; no API has it');
    if (facts.readOnly === true || key === 'arn') return skip('computed by the provider');
    if (facts.absence === 'unreadable') {
      return { kind: 'unverifiable', reason: 'The service never returns this value.', claims: [] };
    }
    const gone = removed(key, value, facts, this.at, this.context, this.nouns, actual);
    if (!gone) return skip(NO_COUNTERPART);
    const { fallback } = gone;
    return {
      kind: 'value',
      value: undefined,
      node: this.below(key, fallback === undefined ? facts : { ...facts, default: fallback }),
      segments: [key],
      claims: [],
    };
  }

  private find(key: string, value: JsonValue, actual: JsonObject): Found | undefined {
    const mapped = this.context.mapped.get(this.place(key)) ?? [];
    const deep = publishedPlace(mapped, actual);
    if (deep) return deep;
    const index = indexKeys(actual);
    const match = matchName(key, index, mapped, this.nouns);
    const held = match && read(actual, match.key);
    if (match?.sure === true && held !== undefined)
      return { value: held, segments: [match.key], sure: true };
    if (index.size > LIKENESS_LIMIT) return undefined;
    const around = { ...this.nouns, words: [...this.at.nouns, ...this.context.words] };
    const worded = mapped.length > 0 ? undefined : keyOfWords(key, index.values(), around);
    const spoken = worded === undefined ? undefined : read(actual, worded);
    const usual = usualPlace(key, value, index, actual);
    if (usual) return usual;
    if (worded !== undefined && spoken !== undefined && !this.isAnother(worded, key))
      return { value: spoken, segments: [worded], sure: true };
    const names = this.context.vocabulary.names(this.code);
    const nested = nestedPlace(key, value, actual, names, this.nouns);
    if (nested?.sure === true) return nested;
    if (match && held !== undefined && !this.isAnother(match.key, key))
      return { value: held, segments: [match.key], sure: false };
    return this.top ? nested : undefined;
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
      const one =
        other === key || read(declared, other) === null
          ? null
          : this.find(other, read(declared, other) ?? null, actual);
      if (one?.segments[0] === segments[0]) pieces.add(one?.segments[1]);
    }
    const held = Object.keys(value).filter((piece) => !isDeepEmpty(value[piece]));
    return held.length > 0 && held.every((piece) => pieces.has(piece));
  }

  /** A guess at a field that another declared name has a better claim to. */
  private isAnother(match: string, key: string): boolean {
    const name = squash(match);
    return this.context.vocabulary
      .names(this.code)
      .some((other) => other !== key && squash(other) === name);
  }

  element(): LensNode {
    const facts = this.facts.guessed === true ? { guessed: true } : NO_FACTS;
    return new NativeNode(this.context, this.at, facts);
  }

  /** Inside a map every key is the user's; elsewhere a state lists all it knows, and the rest is the service's own. */
  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    if (this.named || this.isBlock(declared, actual)) return;
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || Object.hasOwn(declared, key) || value === undefined) continue;
      const own = USER_MAP.test(this.at.nouns.join('_')) || this.code?.startsWith('{') === true;
      const extras = own && this.facts.readOnly !== true ? 'confirmed' : 'unknown';
      const at = { ...this.at, code: 'j' };
      const node = new NativeNode(this.context, at, { extras, ...this.facts });
      yield { key, actualKey: key, value, node };
    }
  }
}
