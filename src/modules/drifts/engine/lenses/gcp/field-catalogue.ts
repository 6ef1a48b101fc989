import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

/** What the google provider's own definitions say of one Terraform field (knowledge/data/gcp/fields). */
export interface GcpField {
  /**
   * Dotted path in the API, from the resource; null when it is the Terraform path in camelCase. Several, in the order
   * they are looked up, are joined by `|`.
   */
  readonly api: string | null;
  /** Only part of the URL: the API's answer does not carry it. */
  readonly inUrlOnly: boolean;
  /** The API fills it in where the code leaves it empty, so empty says nothing. */
  readonly filledByApi: boolean;
  /** A map the service adds entries of its own to. */
  readonly merged: boolean;
  readonly facts: FieldFacts;
}

const PLAIN: GcpField = {
  api: null,
  inUrlOnly: false,
  filledByApi: false,
  merged: false,
  facts: {},
};

function fieldOf(entry: JsonValue): GcpField {
  if (!Array.isArray(entry)) return PLAIN;
  const [api, flags, fallback] = entry;
  const has = (flag: string): boolean => typeof flags === 'string' && flags.includes(flag);
  return {
    api: typeof api === 'string' && api !== '' ? api : null,
    inUrlOnly: has('u'),
    filledByApi: has('a'),
    merged: has('m'),
    facts: {
      ...(fallback !== undefined && { default: fallback }),
      ...(has('c') && !has('a') && { readOnly: true }),
      ...(has('F') && { readOnly: true }),
      ...(has('s') && { order: 'set' as const }),
      ...(has('x') && { sensitive: true }),
      ...(has('T') && { kind: 'timestamp' as const }),
      ...(has('R') && { kind: 'resource-id' as const }),
      ...((has('I') || has('E')) && { caseInsensitive: true }),
      ...(has('L') && { kind: 'tags' as const }),
      ...(has('b') && { kind: 'bytes' as const }),
      ...(has('V') && { kind: 'version' as const }),
      ...(has('D') && { kind: 'duration' as const }),
      ...(has('t') && { toolOnly: true }),
      ...(/[wixE]/.test(typeof flags === 'string' ? flags : '') && {
        absence: 'unreadable' as const,
      }),
      ...(has('a') && { extras: 'unknown' as const }),
    },
  };
}

/** The fields of one resource type; empty when the provider defines it by hand and publishes no definition. */
export class FieldCatalogue {
  private readonly plain: ReadonlySet<string>;
  private readonly oneOf: readonly (readonly string[])[];

  private constructor(
    plain: string,
    private readonly fields: JsonObject,
    private readonly published: ReadonlySet<string>,
  ) {
    this.plain = new Set(plain.split(' '));
    const groups = read(fields, '$oneOf');
    this.oneOf = Array.isArray(groups)
      ? groups.flatMap((group) => (typeof group === 'string' ? [group.split(' ')] : []))
      : [];
  }

  static open(knowledge: Knowledge, type: string): FieldCatalogue {
    const product = knowledge.load('gcp/products')?.[type];
    const resource =
      typeof product === 'string' ? knowledge.load(`gcp/fields/${product}`)?.[type] : undefined;
    const own = isObject(resource) ? resource : {};
    const plain = read(own, 'plain');
    const fields = read(own, 'fields');
    const written = knowledge.load('gcp/overlay')?.[type];
    const all = { ...(isObject(fields) && fields), ...(isObject(written) && written) };
    const published = new Set(Object.keys(isObject(fields) ? fields : {}));
    return new FieldCatalogue(typeof plain === 'string' ? plain : '', all, published);
  }

  get known(): boolean {
    return this.plain.size > 1 || Object.keys(this.fields).length > 0;
  }

  knowsAll(names: readonly string[]): boolean {
    return this.known && names.every((name) => this.find(name) !== undefined);
  }

  /** The arguments of which the API keeps one, where this is one of them; empty otherwise. */
  rivalsOf(path: string): readonly string[] {
    return (this.oneOf.find((group) => group.includes(path)) ?? []).filter((one) => one !== path);
  }

  /** Whether the provider's own definitions name the field, as opposed to what was written down by hand. */
  isPublished(path: string): boolean {
    return this.plain.has(path) || this.published.has(path);
  }

  /** Undefined when no definition names the field. `path` is dotted, without list indexes. */
  find(path: string): GcpField | undefined {
    const entry = read(this.fields, path);
    if (entry !== undefined) return fieldOf(entry);
    return this.plain.has(path) ? PLAIN : undefined;
  }
}
