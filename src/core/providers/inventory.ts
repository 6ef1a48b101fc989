import type { OutboundGuard } from '../http/outbound/index.js';
import type { AccessCheck } from './access-check.js';
import type { ActualResource } from './actual-resource.js';
import type { ChangeHistory } from './attribution.js';
import type { Coverage } from './coverage.js';
import type { SourceNotice } from './declared-resource.js';
import type { Provider } from './provider.js';
import type { RateLimiter } from './rate-limiter.js';

/** Who the credentials say we are. */
export interface CallerIdentity {
  readonly provider: Provider;
  /** AWS account, project, subscription or cluster. */
  readonly accountId: string;
  /** ARN, service account or user name, as the provider writes it. */
  readonly principal: string;
}

/** What to read. Empty lists mean everything the credentials can see. */
export interface InventoryScope {
  readonly types: readonly string[];
  readonly regions: readonly string[];
  readonly namespaces: readonly string[];
  /**
   * Types the declared side holds, and where. Does not narrow: each gets a coverage record even where the provider lists nothing
   * of it, so that the deletion of the last one is seen; a type this listing can never hold gets none.
   */
  readonly expected?: readonly ExpectedType[];
  /**
   * Parts that an earlier attempt of the same scan read to their end and kept. Nothing of them is listed again: no list call, no
   * resource, no coverage record. Spelled exactly as the coverage records that closed them; an unknown one is ignored.
   */
  readonly completed?: readonly InventoryPart[];
  /** Rows an earlier scan read: where a listing gets raw texts, those are not parsed again. */
  readonly known?: KnownRows;
}

/** @throws Error when the text is not one that a record of the provider carried */
export type RawReader = (raw: string) => ActualResource;

/** Resources by the raw text they were read from. */
export interface KnownRows {
  /** The resource that was read from the same text; null when it is not known. */
  recall(raw: string): ActualResource | null;
}

/** What one coverage record speaks for; a scan is read, resumed and counted in these. */
export type InventoryPart = Pick<Coverage, 'type' | 'accountId' | 'region'>;

/** Whether parts are in `InventoryScope.completed`; absent means that none are. */
export function completedParts(
  completed: readonly InventoryPart[] | undefined,
): (part: InventoryPart) => boolean {
  const keys = new Set((completed ?? []).map(partKey));
  return (part) => keys.size > 0 && keys.has(partKey(part));
}

/** One text per part. */
export function partKey({ type, accountId, region }: InventoryPart): string {
  return JSON.stringify([type, accountId, region]);
}

export interface ExpectedType {
  /** As in `Coverage.type`; AWS names in any case. */
  readonly type: string;
  /** Null: wherever the scan reads. */
  readonly region: string | null;
}

/** In a list of regions: every region that is enabled for the account (AWS). */
export const ALL_REGIONS = 'all';

/** The one region a scan reads, for resources whose code names none; null when it reads several, or cannot know. */
export function onlyRegion(regions: readonly string[]): string | null {
  const [region = null] = regions;
  return regions.length === 1 && region !== ALL_REGIONS ? region : null;
}

export const EVERYTHING: InventoryScope = { types: [], regions: [], namespaces: [] };

/**
 * What a listing yields. Resources of one (type, account, region) come before the `coverage` record that closes it;
 * every type that was asked for gets exactly one such record, also when it was denied or failed. Where one listing is closed by
 * several records, they come one after the other and the `part` of its resources is the last of them.
 * `progress.total` is null until the number of parts is known; parts in `InventoryScope.completed` are in neither number.
 */
export type InventoryRecord =
  | {
      readonly kind: 'resource';
      readonly resource: ActualResource;
      /** The coverage record that will close it, where that is not the resource's own (type, account, region). */
      readonly part?: InventoryPart;
      /** The text it was read from, where `Inventory.rawReader` can read it again from nothing else. */
      readonly raw?: string;
    }
  | { readonly kind: 'coverage'; readonly coverage: Coverage }
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly label: string;
    }
  /** Worth telling, and no gap: an account that is suspended and was left out on purpose. */
  | { readonly kind: 'notice'; readonly notice: SourceNotice };

/**
 * Reads the live side of one account, project, subscription or cluster, read-only.
 * `list` never throws for a type that could not be read: that is a coverage record. It throws only when `signal` aborts
 * or nothing at all can be read (no credentials, host unreachable), as an `InventoryError`.
 */
export interface Inventory {
  readonly provider: Provider;
  /** Who changed what; absent where the live resource itself tells (Kubernetes). */
  readonly history?: ChangeHistory;
  identify(signal: AbortSignal): Promise<CallerIdentity>;
  /**
   * Tries the calls a scan needs, each as small as it gets and read-only, in the order of their weight. Never throws but for the
   * abort of `signal`; a caller in a hurry stops asking and knows the rest is not known.
   */
  access?(signal: AbortSignal): AsyncIterable<AccessCheck>;
  list(scope: InventoryScope, signal: AbortSignal): AsyncIterable<InventoryRecord>;
  /** What reads the `raw` text of records of this provider, now or in another process; absent where listings have no such texts. */
  rawReader?(): Promise<RawReader>;
  /** Frees sockets; safe to call twice. */
  close(): Promise<void>;
}

/** How to reach one target: an environment's `cloud_settings` joined with its decrypted credentials. Kept for one scan, then dropped. */
export interface InventoryConnection {
  readonly provider: Provider;
  /** Overrides the provider's endpoint (sandbox, proxy, VPC endpoint); null for the provider's own. */
  readonly endpoint: string | null;
  /** AWS regions, Google locations…; empty means the default of the credentials. */
  readonly regions: readonly string[];
  /** Provider-specific, never logged: `{ accessKeyId, secretAccessKey, sessionToken? }`, `{ kubeconfig, context? }`, … */
  readonly credentials: Readonly<Record<string, string>>;
  /** Provider-specific choices that are no secret, as `cloud_settings` keeps them; which ones is the factory's word. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What connections to a named endpoint have to pass; absent on the command line, where its user owns the machine. */
  readonly outbound?: OutboundGuard;
}

/** Builds an inventory for one scan; one implementation per provider, in services/. */
export interface InventoryFactory {
  readonly provider: Provider;
  /** Without `limits` the inventory's calls share buckets with nobody. */
  create(connection: InventoryConnection, limits?: RateLimiter): Inventory | Promise<Inventory>;
}

/** Injection token of the list of `InventoryFactory`. */
export const INVENTORY_FACTORIES = Symbol('INVENTORY_FACTORIES');
