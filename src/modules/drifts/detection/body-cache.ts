/** Parsed bodies that were needed last, up to so many characters of text; a resource under comparison asks for its own many times. */
export class BodyCache<T extends object> {
  private readonly kept = new Map<number, { readonly value: T; readonly characters: number }>();
  private characters = 0;
  private lastHandle = -1;
  private last: T | undefined;

  constructor(private readonly limit: number) {}

  /** `read` answers the body and how long its text is. */
  get(handle: number, read: () => readonly [value: T, characters: number]): T {
    if (handle === this.lastHandle && this.last !== undefined) return this.last;
    const known = this.kept.get(handle);
    if (known === undefined) {
      const [value, characters] = read();
      this.put(handle, value, characters);
      return value;
    }
    this.kept.delete(handle);
    this.kept.set(handle, known);
    this.lastHandle = handle;
    this.last = known.value;
    return known.value;
  }

  /** Under a handle that is not there yet. */
  put(handle: number, value: T, characters: number): void {
    this.kept.set(handle, { value, characters });
    this.lastHandle = handle;
    this.last = value;
    this.characters += characters;
    for (const [oldest, entry] of this.kept) {
      if (this.characters <= this.limit || oldest === handle) return;
      this.kept.delete(oldest);
      this.characters -= entry.characters;
    }
  }
}
