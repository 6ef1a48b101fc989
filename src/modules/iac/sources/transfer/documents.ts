/** A listing of one. */
export async function* only<T>(item: T): AsyncGenerator<T> {
  yield await Promise.resolve(item);
}
