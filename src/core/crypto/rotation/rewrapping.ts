import { DomainError } from '../../errors/index.js';
import type { WrappedKey } from '../key-ring.js';
import type { MasterKeyStore } from '../keys/master-key-store.js';
import type { FailedEnvelope } from './key-rotation.js';
import type { SealedRow, SealedRows, Target } from './sealed-rows.js';

/** Rows per transaction and per request to the key store. */
const BATCH = 200;

/** Wraps the data keys of stale rows again, batch by batch; what cannot be opened is counted and left as it is. */
export class Rewrapping {
  rewrapped = 0;
  readonly failed: FailedEnvelope[] = [];

  constructor(
    private readonly keys: MasterKeyStore,
    private readonly target: Target,
    private readonly signal: AbortSignal,
    private readonly onBatch: (done: number) => void,
  ) {}

  async run(rows: SealedRows): Promise<void> {
    for (let after: string | null = null; ;) {
      this.signal.throwIfAborted();
      const batch = await rows.stale(this.target, after, BATCH);
      const last = batch.at(-1);
      if (last === undefined) return;
      after = last.id;
      await this.#batch(rows, batch);
      this.onBatch(this.rewrapped);
    }
  }

  async #batch(rows: SealedRows, batch: readonly SealedRow[]): Promise<void> {
    const keys = await this.keys.rewrap(batch).catch((error: unknown) => {
      if (isOfOneRow(error)) return null;
      throw error;
    });
    if (keys !== null) {
      this.rewrapped += await rows.replace(batch, keys);
      return;
    }
    // One of them cannot be opened: which, shows one at a time.
    for (const row of batch) {
      const key = await this.#one(rows, row);
      if (key !== null) this.rewrapped += await rows.replace([row], [key]);
    }
  }

  async #one(rows: SealedRows, row: SealedRow): Promise<WrappedKey | null> {
    try {
      return (await this.keys.rewrap([row]))[0] ?? null;
    } catch (error) {
      if (!isOfOneRow(error)) throw error;
      const { table, organizationId } = rows;
      this.failed.push({ table: table.table, organizationId, id: row.id, code: error.code });
      return null;
    }
  }
}

function isOfOneRow(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code.startsWith('CRYPTO.');
}
