import { describe, expect, it } from '@jest/globals';
import { interleave } from './interleave.js';

async function* listing(name: string, pages: number, log: string[] = []): AsyncGenerator<string> {
  try {
    for (let page = 1; page <= pages; page++) {
      await Promise.resolve();
      yield `${name}${page}`;
    }
  } finally {
    log.push(`${name} closed`);
  }
}

const unused = (): void => {
  throw new Error('cancelled without a reason');
};

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

describe('interleave', () => {
  it('yields every page and keeps the order within a listing', async () => {
    const pages = await collect(
      interleave([() => listing('a', 3), () => listing('b', 1), () => listing('c', 2)], 2, unused),
    );
    expect(pages.filter((page) => page.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect([...pages].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'c2']);
  });

  it('opens no more listings at once than allowed', async () => {
    let open = 0;
    let most = 0;
    const counted = (name: string) =>
      async function* () {
        most = Math.max(most, ++open);
        yield* listing(name, 2);
        open -= 1;
      };
    await collect(interleave(['a', 'b', 'c', 'd', 'e'].map(counted), 2, unused));
    expect(most).toBe(2);
  });

  it('closes the open listings when the reader stops', async () => {
    const log: string[] = [];
    const pages = interleave([() => listing('a', 9, log), () => listing('b', 9, log)], 2, () =>
      log.push('cancelled'),
    );
    await pages.next();
    await pages.return(undefined);
    expect(log).toEqual(['cancelled', 'a closed', 'b closed']);
  });

  it('throws what a listing throws and closes the others', async () => {
    const log: string[] = [];
    const broken = async function* (): AsyncGenerator<string> {
      yield 'x1';
      throw new Error('broken');
    };
    await expect(
      collect(interleave([() => listing('a', 9, log), broken], 2, () => undefined)),
    ).rejects.toThrow('broken');
    expect(log).toEqual(['a closed']);
  });

  it('has nothing to yield without listings', async () => {
    expect(await collect(interleave([], 4, unused))).toEqual([]);
  });
});
