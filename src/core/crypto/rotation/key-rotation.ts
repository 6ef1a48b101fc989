import { DomainError } from '../../errors/index.js';
import { readOnlyKeys } from '../keys/key-errors.js';
import type { KeyVersion, MasterKeyStore } from '../keys/master-key-store.js';
import { Rewrapping } from './rewrapping.js';
import {
  type ConnectionSource,
  SealedRows,
  type Target,
  type VersionCount,
} from './sealed-rows.js';
import type { SealedTable } from './sealed-table.js';

/** Envelopes of one table over all organizations. */
export interface TableCount {
  readonly table: string;
  readonly versions: readonly VersionCount[];
  readonly rows: number;
  /** Not wrapped with the current version. */
  readonly stale: number;
}

export interface KeyStatus {
  readonly versions: readonly KeyVersion[];
  readonly current: number;
  readonly tables: readonly TableCount[];
  readonly stale: number;
}

export interface RotationOptions {
  /** How long an old version stays readable after the newer one was made: longer than an upload or a scan may take. */
  readonly retireAfterMs: number;
  readonly signal: AbortSignal;
  /** Called when there is something to tell; counts are of the whole run. */
  readonly onProgress: (progress: RotationProgress) => void;
  readonly now?: () => number;
}

export type RotationProgress =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'started'; readonly status: KeyStatus }
  | { readonly kind: 'rewrapped'; readonly done: number; readonly of: number };

export interface FailedEnvelope {
  readonly table: string;
  readonly organizationId: string | null;
  readonly id: string;
  /** Code of the error: `CRYPTO.TAMPERED` and the like. */
  readonly code: string;
}

export interface RotationResult {
  readonly version: number;
  readonly isNewVersion: boolean;
  readonly rewrapped: number;
  readonly failed: readonly FailedEnvelope[];
  /** Versions that are refused from now on. */
  readonly retired: readonly number[];
  /** Versions that stay readable, and until when they must; null when whoever keeps the keys has to remove them. */
  readonly waiting: { readonly versions: readonly number[]; readonly until: Date | null } | null;
}

/**
 * Rotates the master key: a new version, every envelope wrapped again with it, the old versions retired. Everything it
 * knows is in the rows and in the key store, so it may be ended at any moment and run again: an unfinished rotation is
 * continued, no second one is begun.
 */
export class KeyRotation {
  constructor(
    private readonly keys: MasterKeyStore,
    private readonly tables: readonly SealedTable[],
    private readonly connections: ConnectionSource,
    /** Every organization. */
    private readonly organizations: () => Promise<readonly string[]>,
  ) {}

  async status(): Promise<KeyStatus> {
    const versions = await this.keys.versions();
    const target = this.#target(versions);
    const counts = new Map<string, VersionCount[]>();
    for (const rows of await this.#places()) {
      const known = counts.get(rows.table.table) ?? [];
      counts.set(rows.table.table, merged(known, await rows.versions()));
    }
    const tables = [...counts].map(([table, found]) => ({
      table,
      versions: found,
      rows: total(found),
      stale: total(found.filter((one) => !isTarget(one, target))),
    }));
    const stale = tables.reduce((sum, one) => sum + one.stale, 0);
    return { versions, current: target.keyVersion, tables, stale };
  }

  /** Whether a run would continue a rotation instead of beginning one. */
  isUnfinished(status: KeyStatus): boolean {
    return status.stale > 0 || status.versions.some(({ state }) => state === 'readable');
  }

  /**
   * @throws DomainError `CRYPTO.KEY_UNKNOWN` before anything is changed when envelopes need a version that is not there,
   * `CRYPTO.KEYS_READ_ONLY` when there is no newer version and none can be made.
   */
  async run(options: RotationOptions): Promise<RotationResult> {
    let status = await this.status();
    this.refuseMissing(status);
    const isNewVersion = !this.isUnfinished(status);
    if (isNewVersion) {
      const version = await this.keys.addVersion();
      options.onProgress({ kind: 'version', version });
      status = await this.status();
    }
    options.onProgress({ kind: 'started', status });
    const target = this.#target(status.versions);
    const rewrapping = new Rewrapping(this.keys, target, options.signal, (done) =>
      options.onProgress({ kind: 'rewrapped', done, of: Math.max(done, status.stale) }),
    );
    for (const rows of await this.#places()) await rewrapping.run(rows);
    const { rewrapped, failed } = rewrapping;
    const end = failed.length > 0 ? { retired: [], waiting: null } : await this.#retire(options);
    return { version: target.keyVersion, isNewVersion, rewrapped, failed, ...end };
  }

  /** @throws DomainError `CRYPTO.KEY_UNKNOWN` that names versions and tables */
  refuseMissing(status: KeyStatus): void {
    const readable = new Set(
      status.versions.filter(({ state }) => state !== 'retired').map(({ version }) => version),
    );
    const isVault = this.keys.provider === 'vault';
    const missing = status.tables.flatMap(({ table, versions }) =>
      versions
        .filter((one) => one.isVault === isVault && !readable.has(one.keyVersion))
        .map((one) => ({ table, keyVersion: one.keyVersion, rows: one.rows })),
    );
    if (missing.length === 0) return;
    const list = missing.map((one) => `version ${one.keyVersion}: ${one.rows} in ${one.table}`);
    throw new DomainError({
      code: 'CRYPTO.KEY_UNKNOWN',
      kind: 'unavailable',
      logLevel: 'error',
      message: `Envelopes are wrapped with master keys that are not configured here or are retired (${list.join('; ')}). Nothing was changed. Make those versions readable, then run this again.`,
      details: { missing },
    });
  }

  async #retire(options: RotationOptions): Promise<Pick<RotationResult, 'retired' | 'waiting'>> {
    const status = await this.status();
    const older = status.versions.filter(({ state }) => state === 'readable');
    const versions = older.map(({ version }) => version);
    if (versions.length === 0 && status.stale === 0) return { retired: [], waiting: null };
    if (this.keys.provider === 'environment') {
      return { retired: [], waiting: { versions, until: null } };
    }
    const current = status.versions.find(({ state }) => state === 'current');
    const until = (current?.createdAt?.getTime() ?? 0) + options.retireAfterMs;
    // Something was sealed with an old version meanwhile: by a process that began before there was a newer one.
    if (status.stale > 0 || until > (options.now ?? Date.now)()) {
      return { retired: [], waiting: { versions, until: new Date(until) } };
    }
    await this.keys.retireBelow(status.current);
    return { retired: versions, waiting: null };
  }

  async #places(): Promise<SealedRows[]> {
    const places = this.tables
      .filter(({ isTenants }) => !isTenants)
      .map((table) => new SealedRows(this.connections, table, null));
    for (const organization of await this.organizations()) {
      for (const table of this.tables.filter(({ isTenants }) => isTenants)) {
        places.push(new SealedRows(this.connections, table, organization));
      }
    }
    return places;
  }

  #target(versions: readonly KeyVersion[]): Target {
    const current = versions.find(({ state }) => state === 'current');
    if (current === undefined) throw readOnlyKeys();
    return { keyVersion: current.version, isVault: this.keys.provider === 'vault' };
  }
}

const isTarget = (one: Target, target: Target): boolean =>
  one.keyVersion === target.keyVersion && one.isVault === target.isVault;
const total = (counts: readonly VersionCount[]): number =>
  counts.reduce((sum, one) => sum + one.rows, 0);

function merged(known: readonly VersionCount[], found: readonly VersionCount[]): VersionCount[] {
  const rest = found.filter((one) => !known.some((other) => isTarget(one, other)));
  const sums = known.map((one) => {
    const more = found.find((other) => isTarget(one, other));
    return { ...one, rows: one.rows + (more?.rows ?? 0) };
  });
  return [...sums, ...rest];
}
