import type { SpillFile } from './spill-file.js';

/** A power of two. */
const KEPT = 256;

/** Small records in a spill file, of which the last few that were asked for stay parsed. */
export class StoredFacts<T extends object> {
  readonly #handles = new Int32Array(KEPT).fill(-1);
  readonly #values = new Array<T | undefined>(KEPT).fill(undefined);

  constructor(private readonly file: SpillFile) {}

  /** What was just put away will be asked for at once. */
  put(facts: T): number {
    const handle = this.file.append(JSON.stringify(facts));
    this.#remember(handle, facts);
    return handle;
  }

  read(handle: number): T {
    const place = handle & (KEPT - 1);
    const known = this.#values[place];
    if (known !== undefined && this.#handles[place] === handle) return known;
    const facts = JSON.parse(this.file.text(handle)) as T;
    this.#remember(handle, facts);
    return facts;
  }

  #remember(handle: number, facts: T): void {
    this.#handles[handle & (KEPT - 1)] = handle;
    this.#values[handle & (KEPT - 1)] = facts;
  }
}
