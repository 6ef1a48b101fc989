import type {
  ActualFormat,
  DeclaredFormat,
  JsonObject,
  JsonValue,
} from '../../../core/providers/index.js';
import type { Comparator } from './comparator.js';
import type { FieldFacts, Pair } from './field.js';

/**
 * What a lens sees on the actual side for one declared key.
 * `value` undefined means the API answered and the field is not there. `segments` is the way from the actual parent to
 * it, for the finding's `actualPath`; `claims` are the actual keys this declared key accounts for.
 */
export type Reading =
  | {
      readonly kind: 'value';
      readonly value: JsonValue | undefined;
      /** Reshaped declared value, where the two vocabularies group things differently; absent means as declared. */
      readonly declared?: JsonValue;
      readonly node: LensNode;
      readonly segments: readonly (string | number)[];
      readonly claims: readonly string[];
    }
  | { readonly kind: 'not-compared'; readonly reason: string; readonly claims: readonly string[] }
  | { readonly kind: 'unverifiable'; readonly reason: string; readonly claims: readonly string[] };

/** A field the actual side has and the code does not mention. */
export interface UndeclaredField {
  /** Name it would have in the declared vocabulary. */
  readonly key: string;
  readonly actualKey: string;
  readonly value: JsonValue;
  readonly node: LensNode;
  /** The empty object or list that silence stands for, where every entry is to be weighed by itself. */
  readonly declared?: JsonValue;
}

/** One position of a lens: how to go from a declared object to the same object at the provider. */
export interface LensNode {
  readonly facts: FieldFacts;
  /** True when both sides use the same keys below here, so identical subtrees need no walk. */
  readonly sameShape: boolean;
  child(key: string, declared: JsonObject, actual: JsonObject): Reading;
  /** The node of a list's elements. */
  element(): LensNode;
  /** Fields of `actual` that nothing claimed and that code could have declared. */
  undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField>;
}

/** Both sides as the walk will see them. Neither may be changed in place. */
export interface LensView {
  readonly declared: JsonObject;
  readonly actual: JsonObject;
  readonly root: LensNode;
  /** Spells a path of `declared` in the words of the code, where the lens had to rewrite it. */
  readonly inCode?: (path: string) => string;
  /** Why a part of another resource is gone as a whole; set only where its parent was read and has no such part. */
  readonly gone?: string;
}

/** How one vocabulary is compared with another. `accepts` is asked in the order of the registry; the first answer wins. */
export interface Lens {
  readonly name: string;
  /** The comparators that make sense under this lens, in the order they are asked; every one when absent. */
  readonly comparators?: readonly Comparator[];
  accepts(declaredFormat: DeclaredFormat, actualFormat: ActualFormat, pair: Pair): boolean;
  open(pair: Pair): LensView;
}
