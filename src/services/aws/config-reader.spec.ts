import { describe, expect, it } from '@jest/globals';
import type { InventoryRecord, KnownRows } from '../../core/providers/index.js';
import { ConfigReader } from './config-reader.js';
import { readRecorded } from './configuration-item.js';
import type { ItemLister } from './item-lister.js';

const hash = (text: string): string => `h${text.length}`;
const READING = {
  type: 'AWS::EC2::SecurityGroup',
  region: 'eu-west-1',
  global: false,
  how: { kind: 'config' },
} as unknown as Parameters<ConfigReader['list']>[0];
const RECORDER = { caveat: null, records: () => true } as unknown as Parameters<
  ConfigReader['list']
>[1];

function row(id: string): string {
  return JSON.stringify({
    resourceId: id,
    resourceType: 'AWS::EC2::SecurityGroup',
    accountId: '1',
    awsRegion: 'eu-west-1',
    configuration: { groupId: id },
  });
}

function listerOf(rows: readonly string[]): ItemLister {
  return {
    selects: 'config:SelectResourceConfig',
    gets: 'config:BatchGetResourceConfig',
    asks: (region: string) => region,
    async *rows() {
      yield await Promise.resolve(rows);
    },
    items: () => Promise.resolve([]),
  } as unknown as ItemLister;
}

async function list(rows: readonly string[], known?: KnownRows): Promise<InventoryRecord[]> {
  const records: InventoryRecord[] = [];
  for await (const page of new ConfigReader(listerOf(rows), hash, known).list(READING, RECORDER))
    if (page.kind === 'page') records.push(...page.records);
  return records;
}

function described(record: InventoryRecord): readonly [id: string, raw: string | undefined] {
  if (record.kind !== 'resource') throw new Error('no resource');
  return [record.resource.id, record.raw];
}

describe('ConfigReader', () => {
  it('gives each resource with the text that tells all of it', async () => {
    const [record] = await list([row('sg-1')]);
    if (record?.kind !== 'resource') throw new Error('no resource');
    expect(record.raw).toBe(row('sg-1'));
    expect(readRecorded(record.raw ?? '', hash)).toEqual(record.resource);
  });

  it('does not parse a row that is known, and keeps the order', async () => {
    const unparsable = 'a text that is no JSON';
    const known = { ...readRecorded(row('sg-2'), hash) };
    const records = await list([row('sg-1'), unparsable, row('sg-3')], {
      recall: (raw) => (raw === unparsable ? known : null),
    });
    expect(records.map(described)).toEqual([
      ['sg-1', row('sg-1')],
      ['sg-2', unparsable],
      ['sg-3', row('sg-3')],
    ]);
    expect(records[1]).toHaveProperty('resource', known);
  });
});
