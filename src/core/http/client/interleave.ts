/**
 * Reads several paged listings at once, at most `limit` at a time, and yields their pages as they arrive. The order within a
 * listing is kept, and a listing runs at most one page ahead of the reader. When the reader stops early or a listing throws,
 * `cancel` is called, so that pages under way end at once, and every open listing is closed.
 */
export async function* interleave<T>(
  listings: Iterable<() => AsyncGenerator<T>>,
  limit: number,
  cancel: () => void,
): AsyncGenerator<T> {
  const waiting = listings[Symbol.iterator]();
  const open = new Map<AsyncGenerator<T>, Promise<Step<T>>>();
  const openNext = (): void => {
    const next = waiting.next();
    if (next.done) return;
    const listing = next.value();
    open.set(listing, step(listing));
  };
  for (let n = 0; n < limit; n++) openNext();
  try {
    while (open.size > 0) {
      const arrived = await Promise.race(open.values());
      if (arrived.kind === 'failed') throw arrived.error;
      if (arrived.kind === 'done') {
        open.delete(arrived.listing);
        openNext();
      } else {
        open.set(arrived.listing, step(arrived.listing));
        yield arrived.value;
      }
    }
  } finally {
    if (open.size > 0) cancel();
    const closing = [...open].map(async ([listing, pending]) => {
      await pending;
      await listing.return(undefined);
    });
    await Promise.allSettled(closing);
  }
}

type Step<T> = { readonly listing: AsyncGenerator<T> } & (
  | { readonly kind: 'page'; readonly value: T }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: unknown }
);

/** Never rejects: a failure that arrives while the reader is busy waits for its turn instead of being unhandled. */
async function step<T>(listing: AsyncGenerator<T>): Promise<Step<T>> {
  try {
    const result = await listing.next();
    return result.done ? { listing, kind: 'done' } : { listing, kind: 'page', value: result.value };
  } catch (error) {
    return { listing, kind: 'failed', error };
  }
}
