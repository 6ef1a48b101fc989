import type { ClientBase } from 'pg';
import { NumberList, TextIndex } from '../../core/collections/index.js';
import { cursorRows } from '../../core/database/index.js';

interface Source {
  readonly organizationId: string;
  readonly sourceId: string;
}

const BATCH = 2000;

/** Which rows of a source are stored, with which content, and which of them its documents still declare. */
export class StoredRows {
  readonly #addresses = new TextIndex();
  readonly #contents = new TextIndex();
  /** By number of the address, 1 once somebody looked. */
  readonly #seen = new NumberList();
  #unseen = 0;
  /** Addresses that get another row in this run. */
  readonly #rewritten = new TextIndex();
  #repeated = false;
  #looked = 0;

  static async read(client: ClientBase, { organizationId, sourceId }: Source): Promise<StoredRows> {
    const known = new StoredRows();
    const rows = cursorRows<readonly [address: string, hash: string]>(
      client,
      'select address, content_hash from iac_resources where organization_id = $1 and source_id = $2',
      [organizationId, sourceId],
    );
    for await (const [address, hash] of rows) {
      known.#addresses.add(address);
      known.#contents.add(contentKey(address, hash));
      known.#seen.push(0);
    }
    known.#unseen = known.#seen.length;
    return known;
  }

  get looked(): number {
    return this.#looked;
  }

  /** Whether an address gets more than one other row. */
  get repeated(): boolean {
    return this.#repeated;
  }

  get allSeen(): boolean {
    return this.#unseen === 0;
  }

  /** Whether the row is stored as it is. Of an address that is declared twice the later one is written, however it was stored. */
  look(address: string, hash: string): boolean {
    this.#looked += 1;
    const number = this.#addresses.find(address);
    if (number >= 0 && this.#seen.at(number) === 0) {
      this.#seen.set(number, 1);
      this.#unseen -= 1;
    }
    const same = this.#contents.has(contentKey(address, hash)) && !this.#rewritten.has(address);
    if (same) return true;
    const before = this.#rewritten.size;
    this.#rewritten.add(address);
    if (this.#rewritten.size === before) this.#repeated = true;
    return false;
  }

  /** Addresses nobody looked at, some at a time. */
  async *unseen(
    client: ClientBase,
    { organizationId, sourceId }: Source,
  ): AsyncGenerator<readonly string[], void> {
    let batch: string[] = [];
    const rows = cursorRows<readonly [address: string]>(
      client,
      'select address from iac_resources where organization_id = $1 and source_id = $2',
      [organizationId, sourceId],
    );
    for await (const [address] of rows) {
      if (this.#seen.at(this.#addresses.find(address)) === 1) continue;
      batch.push(address);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}

function contentKey(address: string, hash: string): string {
  return `${hash} ${address}`;
}
