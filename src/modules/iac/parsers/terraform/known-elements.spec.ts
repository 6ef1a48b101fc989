import { describe, expect, it } from '@jest/globals';
import type { KnownElements, ReadElement } from '../known-elements.js';
import { documentOf, recordsOf } from '../testdata/documents.js';
import { pretty, state, stateResource } from '../testdata/terraform.js';
import { resourcesInElement } from './state-resource.js';

/** Remembers every element, and the bytes of those it answered. */
class Memory implements KnownElements {
  readonly elements = new Map<string, ReadElement>();
  readonly recalled: Buffer[] = [];
  learned = 0;

  recall(contentHash: string, bytes: Uint8Array): ReadElement | null {
    const known = this.elements.get(contentHash);
    if (known === undefined) return null;
    this.recalled.push(Buffer.from(bytes));
    return known;
  }

  learn(contentHash: string, element: ReadElement): ReadElement {
    this.elements.set(contentHash, element);
    this.learned += 1;
    return element;
  }
}

const attributes = (id: string) => ({ attributes: { id, text: `"\\} ${id}` } });
const logs = stateResource({ name: 'logs' }, attributes('logs'));
const audit = stateResource({ name: 'audit' }, { index_key: 0, ...attributes('audit') });
const data = stateResource({ mode: 'data', name: 'zone' });

describe('elements of a state that were read before', () => {
  it.each([
    ['pretty-printed', pretty],
    ['on one line', (value: object) => JSON.stringify(value)],
  ])('are not parsed again, %s', async (_, write) => {
    const known = new Memory();
    const text = write(state([logs, data, audit]));
    const first = await recordsOf(documentOf(text, 'file', [7, 100]), { known });
    expect(known.learned).toBe(3);
    const again = await recordsOf(documentOf(text, 'file', [50]), { known });
    expect(again).toEqual(first);
    expect(known.learned).toBe(3);
    expect(known.recalled).toHaveLength(3);
  });

  it('are told from those that changed, and keep their attributes in their bytes', async () => {
    const known = new Memory();
    await recordsOf(documentOf(pretty(state([logs, audit]))), { known });
    const changed = stateResource({ name: 'logs' }, attributes('other'));
    const records = await recordsOf(documentOf(pretty(state([changed, audit]))), { known });
    expect(known.learned).toBe(3);
    expect(
      records.map((record) => record.kind === 'declared' && record.resource.attributes.id),
    ).toEqual(['other', 'audit']);
    expect(known.recalled.flatMap((bytes) => resourcesInElement(bytes))).toMatchObject([
      { address: 'aws_s3_bucket.audit[0]', attributes: { id: 'audit' } },
    ]);
  });
});
