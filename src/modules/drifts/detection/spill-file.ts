import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const BUFFER_BYTES = 1024 * 1024;
const { O_CREAT, O_EXCL, O_RDWR } = constants;

/**
 * Bytes that are kept for one scan outside of memory: appended once, read again by handle. The file is readable by its owner
 * only and has no name any more as soon as it is open, so nothing of it outlives the process.
 * Synchronous, because the engine that reads it is; a piece is a few kilobytes, and the system keeps them cached.
 */
export class SpillFile {
  private readonly file: number;
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  private buffered = 0;
  private written = 0;
  /** Where each piece starts; one more than there are pieces. */
  private starts = new Float64Array(1024);
  private count = 0;

  constructor(folder = os.tmpdir()) {
    const name = path.join(folder, `driftguard-${randomUUID()}`);
    this.file = openSync(name, O_CREAT | O_EXCL | O_RDWR, 0o600);
    unlinkSync(name);
  }

  /** Answers the handle to read the piece again. */
  append(piece: string | Uint8Array): number {
    const length = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
    if (this.buffered + length > BUFFER_BYTES) this.flush();
    if (length > BUFFER_BYTES) this.write(Buffer.from(piece));
    else {
      if (typeof piece === 'string') this.buffer.write(piece, this.buffered);
      else this.buffer.set(piece, this.buffered);
      this.buffered += length;
    }
    const handle = this.count;
    this.count += 1;
    if (this.count === this.starts.length) {
      const grown = new Float64Array(this.starts.length * 2);
      grown.set(this.starts);
      this.starts = grown;
    }
    this.starts[this.count] = this.written + this.buffered;
    return handle;
  }

  read(handle: number): Buffer {
    const start = this.starts[handle] ?? 0;
    const length = (this.starts[handle + 1] ?? start) - start;
    const piece = Buffer.allocUnsafe(length);
    if (start >= this.written) {
      this.buffer.copy(piece, 0, start - this.written, start - this.written + length);
      return piece;
    }
    for (let read = 0; read < length;) {
      const more = readSync(this.file, piece, read, length - read, start + read);
      if (more === 0) throw new Error('a spill file is shorter than what was written to it');
      read += more;
    }
    return piece;
  }

  text(handle: number): string {
    return this.read(handle).toString('utf8');
  }

  close(): void {
    closeSync(this.file);
  }

  private flush(): void {
    if (this.buffered === 0) return;
    this.write(this.buffer.subarray(0, this.buffered));
    this.buffered = 0;
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.file, bytes, done, bytes.length - done, this.written + done);
    }
    this.written += bytes.length;
  }
}
