import { describe, expect, it } from '@jest/globals';
import { createSystemContext } from '../../../../core/context/index.js';
import type { KeyRing } from '../../../../core/crypto/index.js';
import type { TenantScope } from '../../../../core/database/index.js';
import type { Logger } from '../../../../core/logging/index.js';
import {
  type ActualResource,
  type Coverage,
  EVERYTHING,
  type Inventory,
  type InventoryRecord,
  NO_SCOPE,
  type RawReader,
} from '../../../../core/providers/index.js';
import type {
  CheckpointRepository,
  CompletePart,
  KeptPart,
  Piece,
} from './checkpoint.repository.js';
import { ScanCheckpoints } from './scan-checkpoints.js';

const KEYS: KeyRing = {
  wrap: (wrapped) => Promise.resolve({ keyVersion: 1, wrapped }),
  unwrap: ({ wrapped }) => Promise.resolve(wrapped),
};

/** One scan's checkpoint, in memory. */
class Kept {
  readonly pieces_: Piece[] = [];
  readonly parts_: KeptPart[] = [];

  parts(): Promise<KeptPart[]> {
    return Promise.resolve(this.parts_);
  }

  async *pieces(_owner: unknown, { id }: KeptPart): AsyncGenerator<Piece> {
    yield* await Promise.resolve(this.pieces_.filter(({ partId }) => partId === id));
  }

  keep(
    _owner: unknown,
    key: KeptPart['key'],
    pieces: readonly Piece[],
    parts: readonly CompletePart[],
  ): Promise<void> {
    this.pieces_.push(...pieces);
    this.parts_.push(...parts.map((part) => ({ ...part, key })));
    return Promise.resolve();
  }
}

function volume(id: string): ActualResource {
  return {
    type: 'AWS::EC2::Volume',
    format: 'aws-config',
    provider: 'aws',
    id,
    aliases: [],
    name: null,
    properties: { id },
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}

const COVERAGE: Coverage = {
  provider: 'aws',
  type: 'AWS::EC2::Volume',
  accountId: null,
  region: null,
  status: 'complete',
  resources: 2,
  pages: 1,
  message: null,
};

const read: RawReader = (raw) => volume(raw.replace('raw ', ''));

/** An inventory of one volume that came as a text and one that did not. */
function inventory(rawReader?: () => Promise<RawReader>): Inventory {
  return {
    provider: 'aws',
    identify: () => Promise.resolve({ provider: 'aws', accountId: '1', principal: 'me' }),
    ...(rawReader && { rawReader }),
    async *list({ completed = [] }) {
      if (completed.length > 0) return;
      yield await Promise.resolve<InventoryRecord>({
        kind: 'resource',
        resource: volume('vol-1'),
        raw: 'raw vol-1',
      });
      yield { kind: 'resource', resource: volume('vol-2') };
      yield { kind: 'coverage', coverage: COVERAGE };
    },
    close: () => Promise.resolve(),
  };
}

async function listed(one: Inventory, known?: RawReader): Promise<InventoryRecord[]> {
  const records: InventoryRecord[] = [];
  const scope = { ...EVERYTHING, ...(known && { known: { recall: known } }) };
  for await (const record of one.list(scope, new AbortController().signal)) records.push(record);
  return records;
}

describe('what a scan has read and kept', () => {
  const context = createSystemContext('organization', 'test');
  const open = (kept: Kept, one: Inventory): Inventory =>
    new ScanCheckpoints(
      kept as unknown as CheckpointRepository,
      {} as TenantScope,
      {} as Logger,
      KEYS,
    ).resumable(one, { context, scanId: 'scan', reads: {} });

  it('is replayed as it was listed, and what came as a text is read from it', async () => {
    const kept = new Kept();
    const reading = () => Promise.resolve(read);
    const first = await listed(open(kept, inventory(reading)));
    expect(kept.parts_).toHaveLength(1);
    expect(await listed(open(kept, inventory(reading)))).toEqual(first);
    const known = volume('known before');
    const [recalled] = await listed(open(kept, inventory(reading)), () => known);
    expect(recalled).toEqual({ kind: 'resource', resource: known, raw: 'raw vol-1' });
  });

  it('is kept whole where the inventory reads no texts', async () => {
    const kept = new Kept();
    const first = await listed(open(kept, inventory()));
    const replayed = await listed(open(kept, inventory()));
    expect(replayed.map((one) => (one.kind === 'resource' ? one.resource : one))).toEqual(
      first.map((one) => (one.kind === 'resource' ? one.resource : one)),
    );
  });
});
