import type { JsonValue } from '../../../core/providers/index.js';
import type { Field } from './field.js';

/**
 * What a comparator has to say about two values that are not identical.
 * - `same`: they provably denote the same thing.
 * - `expected`: they differ, and another actor is entitled to that (an autoscaler inside its band).
 * - `unverifiable`: nobody can tell from what was read.
 * - `differs`: they differ, and the evidence says how sure that is; no other comparator is asked.
 * - `view`: compare these canonical forms instead; what differs there is reported at this path or below.
 */
export type Ruling =
  | { readonly kind: 'same' | 'expected' | 'unverifiable'; readonly why: string }
  | {
      readonly kind: 'view';
      readonly declared: JsonValue;
      readonly actual: JsonValue;
      readonly why: string;
      /** Lists inside the view are sets. */
      readonly sets?: boolean;
    }
  | {
      readonly kind: 'differs';
      readonly verdict: 'confirmed' | 'potential';
      readonly why: string;
    };

/**
 * One way two spellings may mean the same. Pure, total, and gated on equality: it may never rule on a path alone.
 * `undefined` on either side means the field is absent there; answering undefined means "not my kind, or really different".
 */
export interface Comparator {
  /** Kebab-case, stable: users see it in explanations and ignore files. */
  readonly name: string;
  rule(
    declared: JsonValue | undefined,
    actual: JsonValue | undefined,
    field: Field,
  ): Ruling | undefined;
}
