const FIRST_CAPACITY = 64;

/** Whole numbers from -2³¹ to 2³¹-1, four bytes each, outside of the heap. */
export class NumberList {
  #numbers = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length] = value;
    this.#length += 1;
  }

  /** -1 beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? -1) : -1;
  }

  /** Only where there is a number already. */
  set(index: number, value: number): void {
    if (index < this.#length) this.#numbers[index] = value;
  }
}
