import { randomUUIDv7 } from 'node:crypto';
import type { EnvelopeCipher } from '../../../../core/crypto/index.js';
import {
  type ActualResource,
  type InventoryPart,
  type InventoryRecord,
  partKey,
} from '../../../../core/providers/index.js';
import { compress } from './compression.js';
import type {
  CheckpointOwner,
  CheckpointRepository,
  CompletePart,
  Piece,
} from './checkpoint.repository.js';

/** Characters of JSON that wait in memory for one part. */
const PIECE_LENGTH = 512 * 1024;
const BATCH_BYTES = 1024 * 1024;
const BATCH_PARTS = 100;
/** A part that is complete is kept at the latest after this time. */
const DELAY_MS = 250;

interface OpenPart {
  readonly id: string;
  readonly texts: string[];
  length: number;
  pieces: number;
}

/** A resource as the text it was read from: nothing is parsed, and written anew, for being kept. */
export interface KeptRaw {
  readonly raw: string;
}

export interface RecorderOptions {
  readonly owner: CheckpointOwner;
  readonly repository: CheckpointRepository;
  readonly cipher: EnvelopeCipher;
  /** Whether the inventory reads raw texts again. */
  readonly raw: boolean;
  /** Keeping failed: the scan goes on, and a crash would read more again. */
  readonly onFailure: (error: unknown) => void;
}

/** Keeps what a listing yields, part by part, with little of it in memory and few transactions. */
export class PartRecorder {
  readonly #open = new Map<string, OpenPart>();
  #pieces: Piece[] = [];
  #parts: CompletePart[] = [];
  #bytes = 0;
  #position = 0;
  #broken = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: RecorderOptions) {}

  async add(record: InventoryRecord): Promise<void> {
    if (this.#broken) return;
    if (record.kind === 'resource') {
      const { type, scope } = record.resource;
      await this.#resource(
        record.part ?? { type, accountId: scope.accountId, region: scope.region },
        this.options.raw && record.raw !== undefined
          ? ({ raw: record.raw } satisfies KeptRaw)
          : record.resource,
      );
    } else if (record.kind === 'coverage') {
      const { coverage } = record;
      const part = this.#part(coverage);
      this.#open.delete(partKey(coverage));
      if (coverage.status !== 'complete') return;
      await this.#seal(part);
      this.#parts.push({ id: part.id, coverage, pieces: part.pieces });
      await this.#schedule();
    }
  }

  /** Writes what is waiting. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#flush();
    await this.#writing;
  }

  async #resource(part: InventoryPart, resource: ActualResource | KeptRaw): Promise<void> {
    const open = this.#part(part);
    const text = JSON.stringify(resource);
    open.texts.push(text);
    open.length += text.length;
    if (open.length >= PIECE_LENGTH) {
      await this.#seal(open);
      await this.#schedule();
    }
  }

  #part(part: InventoryPart): OpenPart {
    const key = partKey(part);
    const known = this.#open.get(key);
    if (known) return known;
    const open: OpenPart = { id: randomUUIDv7(), texts: [], length: 0, pieces: 0 };
    this.#open.set(key, open);
    return open;
  }

  async #seal(part: OpenPart): Promise<void> {
    if (part.texts.length === 0) return;
    const json = `[${part.texts.join(',')}]`;
    part.texts.length = 0;
    part.length = 0;
    part.pieces += 1;
    const position = this.#position;
    this.#position += 1;
    const sealed = this.options.cipher.seal(await compress(json), position);
    this.#pieces.push({ partId: part.id, position, sealed });
    this.#bytes += sealed.length;
  }

  async #schedule(): Promise<void> {
    if (this.#bytes >= BATCH_BYTES || this.#parts.length >= BATCH_PARTS) {
      this.#flush();
      await this.#writing;
      return;
    }
    this.#timer ??= setTimeout(() => this.#flush(), DELAY_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pieces.length === 0 && this.#parts.length === 0) return;
    const [pieces, parts] = [this.#pieces, this.#parts];
    this.#pieces = [];
    this.#parts = [];
    this.#bytes = 0;
    this.#writing = this.#writing.then(() => this.#keep(pieces, parts));
  }

  async #keep(pieces: readonly Piece[], parts: readonly CompletePart[]): Promise<void> {
    const { owner, repository, cipher, onFailure } = this.options;
    if (this.#broken) return;
    try {
      await repository.keep(owner, cipher.key, pieces, parts);
    } catch (error) {
      this.#broken = true;
      onFailure(error);
    }
  }
}
