const LANES = 3;
const FIRST_CAPACITY = 64;
const { imul } = Math;

/** Different in every process, so that nobody can choose texts that meet. */
const [SEED_1, SEED_2, SEED_3] = crypto.getRandomValues(new Uint32Array(LANES)) as unknown as [
  number,
  number,
  number,
];

/**
 * Numbers texts in the order they come: a set, or with an array beside it a map, that keeps 96 bits of a hash of each text instead
 * of the text. About 24 bytes a text outside of the heap, where a `Map` holds several times that inside it. Two of ten million
 * texts are taken for the same with a probability below 10⁻¹⁴; where that must not be, compare what was found.
 */
export class TextIndex {
  /** Position of a text's number by its hash; -1 where there is none. Twice as long as there are texts, or more. */
  #slots = new Int32Array(FIRST_CAPACITY * 2).fill(-1);
  #hashes = new Uint32Array(FIRST_CAPACITY * LANES);
  #size = 0;
  #one = 0;
  #two = 0;
  #three = 0;

  /** How many texts there are; the number the next new one gets. */
  get size(): number {
    return this.#size;
  }

  /** The number of the text, a new one where it has none yet. */
  add(text: string): number {
    this.#hash(text);
    const slot = this.#slot();
    const known = this.#slots[slot] ?? -1;
    if (known >= 0) return known;
    const number = this.#size;
    if (number * LANES === this.#hashes.length) {
      this.#grow();
      this.#put(number);
      this.#slots[this.#slot()] = number;
    } else {
      this.#put(number);
      this.#slots[slot] = number;
    }
    this.#size = number + 1;
    return number;
  }

  /** The number of the text; -1 where it has none. */
  find(text: string): number {
    if (this.#size === 0) return -1;
    this.#hash(text);
    return this.#slots[this.#slot()] ?? -1;
  }

  has(text: string): boolean {
    return this.find(text) >= 0;
  }

  #put(number: number): void {
    const at = number * LANES;
    this.#hashes[at] = this.#one;
    this.#hashes[at + 1] = this.#two;
    this.#hashes[at + 2] = this.#three;
  }

  /** Where the text last hashed stands, or would. */
  #slot(): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    let slot = this.#one & mask;
    for (;;) {
      const number = slots[slot] ?? -1;
      if (number < 0) return slot;
      const at = number * LANES;
      if (
        hashes[at] === this.#one &&
        hashes[at + 1] === this.#two &&
        hashes[at + 2] === this.#three
      )
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = (hashes[number * LANES] ?? 0) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#hashes = hashes;
    this.#slots = slots;
  }

  /** Three lanes that multiply and turn, with the primes and the last mixing of xxHash32. */
  #hash(text: string): void {
    let one = SEED_1;
    let two = SEED_2;
    let three = SEED_3;
    const { length } = text;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      one = imul(one ^ unit, 0x9e3779b1);
      one = (one << 13) | (one >>> 19);
      two = imul(two ^ unit, 0x85ebca77);
      two = (two << 17) | (two >>> 15);
      three = imul(three ^ unit, 0xc2b2ae3d);
      three = (three << 11) | (three >>> 21);
    }
    this.#one = mixed(one ^ length);
    this.#two = mixed(two ^ length);
    this.#three = mixed(three ^ length);
  }
}

/** As an unsigned number, as typed arrays give it back. */
function mixed(lane: number): number {
  let bits = lane ^ (lane >>> 15);
  bits = imul(bits, 0x85ebca77);
  bits ^= bits >>> 13;
  bits = imul(bits, 0xc2b2ae3d);
  return (bits ^ (bits >>> 16)) >>> 0;
}
