import type { ActualResource } from './actual-resource.js';
import type { SourceNotice } from './declared-resource.js';

/** Kinds of programs through which a change is made. */
export const CHANGE_CLIENTS = ['console', 'cli', 'iac', 'controller', 'api', 'unknown'] as const;
export type ChangeClient = (typeof CHANGE_CLIENTS)[number];

/** Where it is written who changed something. */
export const ATTRIBUTION_SOURCES = [
  'aws-cloudtrail',
  'azure-resource-changes',
  'gcp-asset-history',
  'gcp-audit-logs',
  'kubernetes-managed-fields',
] as const;
export type AttributionSource = (typeof ATTRIBUTION_SOURCES)[number];

/** One recorded write to one resource. */
export interface ChangeEvent {
  readonly source: AttributionSource;
  /** Principal as the provider writes it: ARN, e-mail address, object id, field manager; null where the source keeps none. */
  readonly actor: string | null;
  readonly client: ChangeClient;
  /** ISO 8601; null where the source keeps no time. */
  readonly at: string | null;
  /** The provider's word for what was done: `PutBucketVersioning`, `Update`; null where it has none. */
  readonly action: string | null;
  /** Paths it wrote, in the vocabulary of the live resource; null when the source does not say. */
  readonly paths: readonly string[] | null;
  /** The paths are parameters of a call, in the words of the API it was made to: near to those of the live resource, seldom the same. */
  readonly byParameters?: boolean;
}

/** Who most likely made one change. */
export interface Attribution extends Omit<ChangeEvent, 'paths' | 'byParameters'> {
  /**
   * `high`: the source names this very property, or only one event can have been it. `medium`: the latest of several that
   * could. `low`: the resource was written, and nothing ties the write to this property.
   */
  readonly confidence: 'high' | 'medium' | 'low';
  /** Events that could have been the one; 1 when there was no choice. */
  readonly candidates: number;
}

/** What names a resource in a log. Of a deleted one, what the code knew: the type may then be in the words of the code. */
export type ChangedResource = Pick<
  ActualResource,
  'provider' | 'type' | 'id' | 'aliases' | 'name' | 'scope'
>;

/** The change log of what an inventory reads. */
export interface ChangeHistory {
  /** Days the provider keeps it. */
  readonly days: number;
  /**
   * Writes to one resource since `since`, newest first; empty when the log holds none. Reads, and writes that failed, are not in it.
   * `tell` hears what the answer lacks, where a second log would know more and may not be asked; the same may be told several times.
   *
   * @throws InventoryError denied, throttled, unreachable or cancelled
   */
  eventsOf(
    resource: ChangedResource,
    since: Date,
    signal: AbortSignal,
    tell?: (notice: SourceNotice) => void,
  ): Promise<ChangeEvent[]>;
}
