import { NumberList, TextIndex } from '../../../core/collections/index.js';
import type { PreviousPlaces } from '../engine/index.js';
import type { SpillFile } from './spill-file.js';

type Place = readonly [address: string, id: string];

/** Where the last scan found things, outside of memory. */
export class PlacesOnFile implements PreviousPlaces {
  readonly #addresses = new TextIndex();
  readonly #pieces = new NumberList();

  constructor(private readonly file: SpillFile) {}

  get size(): number {
    return this.#addresses.size;
  }

  /** Of two places of one address the last counts. */
  add(address: string, id: string): void {
    const piece = this.file.append(JSON.stringify([address, id] satisfies Place));
    const number = this.#addresses.add(address);
    if (number === this.#pieces.length) this.#pieces.push(piece);
    else this.#pieces.set(number, piece);
  }

  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  get(address: string): string | undefined {
    const number = this.#addresses.find(address);
    return number < 0 ? undefined : this.#place(number)[1];
  }

  *[Symbol.iterator](): Generator<Place, undefined> {
    for (let number = 0; number < this.size; number++) yield this.#place(number);
  }

  #place(number: number): Place {
    return JSON.parse(this.file.text(this.#pieces.at(number))) as Place;
  }
}
