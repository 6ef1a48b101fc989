import type { SpillFile } from './spill-file.js';

/** Texts of the last scan by key, and which of them this scan used; in a spill file but for the keys. */
export class Recollected {
  readonly #known = new Map<string, number>();
  readonly #used = new Set<string>();
  readonly #freshKeys: string[] = [];
  readonly #freshHandles: number[] = [];
  #lastText = '';
  #lastHandle = -1;

  constructor(private readonly file: SpillFile) {}

  add(key: string, text: string): void {
    this.#known.set(key, this.#put(text));
  }

  find(key: string): string | undefined {
    const handle = this.#known.get(key);
    if (handle === undefined) return undefined;
    if (handle !== this.#lastHandle) {
      this.#lastText = this.file.text(handle);
      this.#lastHandle = handle;
    }
    return this.#lastText;
  }

  use(key: string): void {
    this.#used.add(key);
  }

  keep(key: string, text: string): void {
    if (this.#known.size > 0) this.#used.add(key);
    this.#freshKeys.push(key);
    this.#freshHandles.push(this.#put(text));
  }

  *fresh(): Generator<readonly [key: string, text: string]> {
    for (const [position, key] of this.#freshKeys.entries())
      yield [key, this.file.text(this.#freshHandles[position] ?? -1)];
  }

  stale(): string[] {
    return [...this.#known.keys()].filter((key) => !this.#used.has(key));
  }

  /** Nearly every outcome is "in sync", and says so in the same words as the one before. */
  #put(text: string): number {
    if (text !== this.#lastText) {
      this.#lastHandle = this.file.append(text);
      this.#lastText = text;
    }
    return this.#lastHandle;
  }
}
