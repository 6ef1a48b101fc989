import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import type { Finding, ResourceReport, SecuritySense } from './findings.js';
import type { Knowledge } from './knowledge.js';
import type { Classification } from './match/classify-unmanaged.js';
import type { PreviousPlaces } from './match/moves.js';
import type { OutcomeMemory } from './recall/outcome-memory.js';
import type { Remembered } from './recall/recollection.js';
import type { CompareOptions } from './scan-facts.js';

export interface DetectorInput {
  readonly declared: readonly DeclaredResource[];
  readonly knowledge: Knowledge;
  readonly accountId?: string | null;
  readonly region?: string | null;
  /** Kubernetes namespaces the live side was read in; empty or absent means all. Coverage counts by kind and cannot say. */
  readonly namespaces?: readonly string[];
  /** Where the last scan found things, so that a move is seen without a `moved` block; empty by default. */
  readonly previous?: PreviousPlaces;
  /** Resources the provider itself records as deleted: proof where nothing else was read; none by default. */
  readonly deleted?: readonly ActualResource[];
  /** Further facts, see `ScanFacts.facts`. */
  readonly facts?: JsonObject;
  readonly options?: Partial<CompareOptions>;
  /** Whether anybody wants to hear of a live resource if no code declares it; absent: of each. */
  readonly wanted?: (actual: ActualResource) => boolean;
  /** What earlier scans found out and kept; absent: everything is looked at. */
  readonly memory?: OutcomeMemory;
}

/**
 * What became of each resource. Every declared one yields exactly one of the first three, or `unchanged`: the outcome kept
 * under `key` would come out again. `remembered` says how to keep an outcome.
 */
export type Detection = Outcome & { readonly remembered?: Remembered };

/** A detection somebody looked for. */
export type LookedAt = Exclude<Detection, { kind: 'unchanged' }>;

export type Outcome =
  | {
      readonly kind: 'compared';
      readonly declared: DeclaredResource;
      readonly actual: ActualResource;
      readonly report: ResourceReport;
    }
  | {
      readonly kind: 'missing';
      readonly declared: DeclaredResource;
      /** What its absence means for security; null when no rule knows. */
      readonly security: SecuritySense | null;
    }
  | {
      readonly kind: 'unread';
      readonly declared: DeclaredResource;
      readonly reason: string;
      /** The code itself may say that it moved; null when it does not. */
      readonly move: Finding | null;
    }
  | {
      readonly kind: 'unmanaged';
      readonly actual: ActualResource;
      readonly classification: Classification;
      /** What its existence means for security; null when no rule knows or it is no news. */
      readonly security: SecuritySense | null;
    }
  | {
      readonly kind: 'unchanged';
      /** Null where code or provider does not have it. */
      readonly declared: DeclaredResource | null;
      readonly actual: ActualResource | null;
      readonly key: string;
    };
