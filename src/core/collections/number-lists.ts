import { NumberList } from './number-list.js';

/** Lists of whole numbers by position, most of them empty or short: chains through one array instead of an array each. */
export class NumberLists {
  readonly #heads = new NumberList();
  readonly #values = new NumberList(Float64Array);
  readonly #next = new NumberList();

  /** The last one that was added comes first. */
  add(position: number, value: number): void {
    while (this.#heads.length <= position) this.#heads.push(-1);
    this.#values.push(value);
    this.#next.push(this.#heads.at(position));
    this.#heads.set(position, this.#values.length - 1);
  }

  *of(position: number): Generator<number, void> {
    for (let at = this.#heads.at(position); at >= 0; at = this.#next.at(at))
      yield this.#values.at(at);
  }
}
