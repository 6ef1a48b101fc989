const FIRST_CAPACITY = 1 << 21;

/**
 * The bytes of a stream that are still needed. Grows by doubling when one element outgrows it, so that appending stays
 * linear whatever the chunk size, and never shrinks: its size follows the largest element, not the stream.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.allocUnsafe(0);
  /** End of the valid bytes; what lies behind is stale. */
  end = 0;
  /** Offset in the stream of `bytes[0]`. */
  offset = 0;

  /** Adds a chunk and forgets everything before `keepFrom`. Returns by how much indexes into `bytes` moved. */
  append(chunk: Uint8Array, keepFrom: number): number {
    const kept = this.end - keepFrom;
    const needed = kept + chunk.length;
    if (needed > this.bytes.length) {
      let capacity = Math.max(FIRST_CAPACITY, this.bytes.length);
      while (capacity < needed) capacity *= 2;
      const grown = Buffer.allocUnsafe(capacity);
      this.bytes.copy(grown, 0, keepFrom, this.end);
      this.bytes = grown;
    } else if (keepFrom > 0) {
      this.bytes.copyWithin(0, keepFrom, this.end);
    }
    this.bytes.set(chunk, kept);
    this.offset += keepFrom;
    this.end = needed;
    return keepFrom;
  }
}
