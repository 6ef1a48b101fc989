import { describe, expect, it } from '@jest/globals';
import { contentHasher } from '../../../core/providers/content-hash.js';
import { type ActualResource, NO_SCOPE } from '../../../core/providers/index.js';
import { actualKeys, DriftDetector, NO_KNOWLEDGE, stampOf } from '../engine/index.js';
import type { Recollection } from './recollections.js';
import { ScanMemory } from './scan-memory.js';
import { StoredDifferences } from './stored-differences.js';

const hash = await contentHasher();

function read(raw: string): ActualResource {
  const { id, size } = JSON.parse(raw) as { id: string; size: number };
  return {
    type: 'AWS::EC2::Volume',
    format: 'aws-config',
    provider: 'aws',
    id,
    aliases: [`arn:aws:ec2:eu-west-1:1:volume/${id}`],
    name: null,
    properties: { volumeId: id, size },
    companions: null,
    tags: { Name: id },
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: hash(raw),
  };
}

/** What one scan leaves to the next. */
function leftBy(memory: ScanMemory): Recollection[] {
  return [...memory.changes().fresh.element].map(([key, value]) => ({
    kind: 'element',
    key,
    value,
  }));
}

async function open(left: readonly Recollection[], version = 'v1'): Promise<ScanMemory> {
  const memory = new ScanMemory({
    version,
    hash,
    isSecret: (facts) => JSON.stringify(facts).includes('hush'),
  });
  await memory.load(left, new StoredDifferences());
  return memory;
}

const RAW = JSON.stringify({ id: 'vol-1', size: 8 });

describe('live rows', () => {
  it('are not parsed when the last scan read the same text', async () => {
    const first = await open([]);
    const kept = first.liveRows(read).keep(read(RAW), RAW);
    let parsed = 0;
    const counting = (raw: string): ActualResource => {
      parsed += 1;
      return read(raw);
    };
    const next = await open(leftBy(first));
    const rows = next.liveRows(counting);
    const recalled = rows.recall(RAW);
    if (recalled === null) throw new Error('the row is not known');
    expect(rows.keep(recalled, RAW)).toBe(recalled);
    expect(stampOf(recalled)).toBe(stampOf(kept));
    const detector = new DriftDetector({ declared: [], knowledge: NO_KNOWLEDGE, memory: next });
    detector.observe(recalled);
    expect([recalled.id, recalled.aliases, recalled.tags, recalled.contentHash]).toEqual([
      'vol-1',
      ['arn:aws:ec2:eu-west-1:1:volume/vol-1'],
      { Name: 'vol-1' },
      hash(RAW),
    ]);
    expect(parsed).toBe(0);
    expect(recalled.properties).toEqual({ volumeId: 'vol-1', size: 8 });
    expect(recalled.companions).toBeNull();
    expect(parsed).toBe(1);
    expect(actualKeys(recalled)).toEqual(actualKeys(read(RAW)));
    expect([...next.changes().stale.element]).toEqual([]);
    for (const memory of [first, next]) memory.close();
  });

  it('are read anew when a byte, or how they are read, is another', async () => {
    const first = await open([]);
    first.liveRows(read).keep(read(RAW), RAW);
    const left = leftBy(first);
    const same = await open(left);
    expect(same.liveRows(read).recall(`${RAW} `)).toBeNull();
    expect([...same.changes().stale.element]).toHaveLength(1);
    const other = await open(left, 'v2');
    expect(other.liveRows(read).recall(RAW)).toBeNull();
    expect(other.liveRows(undefined).recall(RAW)).toBeNull();
    for (const memory of [first, same, other]) memory.close();
  });

  it('leave nothing of a resource whose facts hold a secret', async () => {
    const memory = await open([]);
    const raw = JSON.stringify({ id: 'vol-hush', size: 8 });
    memory.liveRows(read).keep(read(raw), raw);
    expect(leftBy(memory)).toEqual([]);
    memory.close();
  });
});
