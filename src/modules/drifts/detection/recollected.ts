import { NumberList, TextIndex } from '../../../core/collections/index.js';
import type { SpillFile } from './spill-file.js';

/** Texts of the last scan by key, and which of them this scan used; in a spill file, keys and all. */
export class Recollected {
  readonly #index = new TextIndex();
  /** By number of the key: where the key is, where its text is, and whether this scan needed it. */
  readonly #keys = new NumberList();
  readonly #texts = new NumberList();
  readonly #used = new NumberList();
  readonly #freshKeys = new NumberList();
  readonly #freshTexts = new NumberList();
  #lastText = '';
  #lastHandle = -1;

  constructor(private readonly file: SpillFile) {}

  add(key: string, text: string): void {
    const number = this.#index.add(key);
    const handle = this.#put(text);
    if (number < this.#keys.length) {
      this.#texts.set(number, handle);
      return;
    }
    this.#keys.push(this.file.append(key));
    this.#texts.push(handle);
    this.#used.push(0);
  }

  find(key: string): string | undefined {
    const number = this.#index.find(key);
    if (number < 0) return undefined;
    const handle = this.#texts.at(number);
    if (handle !== this.#lastHandle) {
      this.#lastText = this.file.text(handle);
      this.#lastHandle = handle;
    }
    return this.#lastText;
  }

  use(key: string): void {
    this.#used.set(this.#index.find(key), 1);
  }

  keep(key: string, text: string): void {
    this.use(key);
    this.#freshKeys.push(this.file.append(key));
    this.#freshTexts.push(this.#put(text));
  }

  *fresh(): Generator<readonly [key: string, text: string], void> {
    for (let position = 0; position < this.#freshKeys.length; position++)
      yield [
        this.file.text(this.#freshKeys.at(position)),
        this.file.text(this.#freshTexts.at(position)),
      ];
  }

  /** Keys this scan did not need. */
  *stale(): Generator<string, void> {
    for (let number = 0; number < this.#keys.length; number++)
      if (this.#used.at(number) === 0) yield this.file.text(this.#keys.at(number));
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
