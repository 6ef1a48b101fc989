import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { createSystemContext, type TenantContext } from '../../../../core/context/index.js';
import { EnvelopeCipher, KEY_RING, type KeyRing } from '../../../../core/crypto/index.js';
import { TenantScope } from '../../../../core/database/index.js';
import { Logger } from '../../../../core/logging/index.js';
import type {
  ActualResource,
  Inventory,
  InventoryRecord,
  InventoryScope,
  RawReader,
} from '../../../../core/providers/index.js';
import {
  type CheckpointOwner,
  CheckpointRepository,
  type KeptPart,
} from './checkpoint.repository.js';
import { decompress } from './compression.js';
import { type KeptRaw, PartRecorder } from './part-recorder.js';

/** Makes a scan that lost its worker go on where it was, part by part, instead of asking the provider for everything again. */
@Injectable()
export class ScanCheckpoints {
  constructor(
    private readonly repository: CheckpointRepository,
    private readonly scope: TenantScope,
    private readonly logger: Logger,
    @Inject(KEY_RING) private readonly keys: KeyRing,
  ) {}

  /**
   * The inventory, with a listing that begins with what earlier attempts of the scan kept and keeps what it reads. `reads`
   * says what is read and where: with another answer nothing kept is used.
   */
  resumable(
    inventory: Inventory,
    { context, scanId, reads }: { context: TenantContext; scanId: string; reads: unknown },
  ): Inventory {
    const scope = createHash('sha256').update(JSON.stringify(reads)).digest('hex');
    const owner: CheckpointOwner = { context, scanId, scope };
    return {
      provider: inventory.provider,
      identify: (signal) => inventory.identify(signal),
      ...(inventory.rawReader && { rawReader: () => openReader(inventory) }),
      list: (asked, signal) => this.#list(owner, inventory, asked, signal),
      close: () => inventory.close(),
    };
  }

  /** To be called when a worker leaves a scan; what the next worker needs stays. */
  async forget(context: TenantContext, scanId: string): Promise<void> {
    try {
      await this.repository.removeIfOver(context, scanId);
    } catch (error) {
      // The scan has ended all the same; the sweep finds what is left.
      this.logger.write('warn', 'the kept parts of a scan could not be removed', { error });
    }
  }

  /** Removes what ended scans left behind. Safe in several workers at once. */
  async sweep(): Promise<void> {
    for (const { organization_id, scan_id } of await this.repository.leftBehind()) {
      const context = createSystemContext(organization_id, 'scan checkpoints');
      await this.scope.run(context, () => this.repository.remove(context, scan_id));
    }
  }

  async *#list(
    owner: CheckpointOwner,
    inventory: Inventory,
    asked: InventoryScope,
    signal: AbortSignal,
  ): AsyncGenerator<InventoryRecord> {
    const kept = await this.repository.parts(owner);
    const read = kept.length === 0 ? noReader : await openReader(inventory);
    for (const part of kept) {
      signal.throwIfAborted();
      yield* this.#replay(owner, part, (raw) => asked.known?.recall(raw) ?? read(raw));
    }
    const recorder = new PartRecorder({
      owner,
      repository: this.repository,
      cipher: await EnvelopeCipher.create(this.keys, placeOf(owner)),
      raw: inventory.rawReader !== undefined,
      onFailure: (error) =>
        this.logger.write('warn', 'what a scan has read could not be kept', { error }),
    });
    const completed = kept.map(({ coverage }) => coverage);
    try {
      for await (const record of inventory.list({ ...asked, completed }, signal)) {
        await recorder.add(record);
        yield record.kind === 'progress' ? counted(record, kept.length) : record;
      }
    } finally {
      await recorder.close();
    }
  }

  async *#replay(
    owner: CheckpointOwner,
    part: KeptPart,
    read: RawReader,
  ): AsyncGenerator<InventoryRecord> {
    const cipher = await EnvelopeCipher.reopen(this.keys, part.key, placeOf(owner));
    for await (const { sealed, position } of this.repository.pieces(owner, part)) {
      const text = await decompress(cipher.open(sealed, position));
      for (const one of JSON.parse(text) as (ActualResource | KeptRaw)[]) {
        if ('raw' in one) yield { kind: 'resource', resource: read(one.raw), raw: one.raw };
        else yield { kind: 'resource', resource: one };
      }
    }
    yield { kind: 'coverage', coverage: part.coverage };
  }
}

/** Where nothing was kept nothing is read. */
const noReader: RawReader = () => {
  throw new Error('a raw text was kept of an inventory that reads none');
};

function openReader(inventory: Inventory): Promise<RawReader> {
  return inventory.rawReader?.() ?? Promise.resolve(noReader);
}

type Progress = Extract<InventoryRecord, { kind: 'progress' }>;

/** The inventory does not count what it was not asked for. */
function counted(record: Progress, before: number): Progress {
  const { done, total } = record;
  return { ...record, done: done + before, total: total === null ? null : total + before };
}

function placeOf({ context, scanId }: CheckpointOwner): string {
  return `${context.organizationId}/scan_parts/${scanId}`;
}
