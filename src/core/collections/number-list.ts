const FIRST_CAPACITY = 64;

type Kind = Int32ArrayConstructor | Float64ArrayConstructor;

/** Whole numbers outside of the heap, four bytes each from -2³¹ to 2³¹-1, or eight up to what is exact. */
export class NumberList {
  #numbers: Int32Array | Float64Array;
  #length = 0;

  constructor(private readonly kind: Kind = Int32Array) {
    this.#numbers = new kind(FIRST_CAPACITY);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new this.kind(this.#length * 2);
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
