import type { Position } from '../parse.errors.js';
import { ByteWindow } from './byte-window.js';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;

/** A reading position in a stream of bytes, which knows its line and how far the current token is indented. */
export class ByteCursor {
  private readonly window = new ByteWindow();
  private line = 1;
  private counted = 0;
  private mark = -1;
  /** Index into `bytes` of the next byte to look at. */
  at = 0;
  /** Spaces between the last line break and `at`; -1 when the token does not start a line or is indented otherwise. */
  indent = -1;

  /** @param offset bytes of the document that came before (a byte order mark) */
  constructor(offset = 0) {
    this.window.offset = offset;
  }

  get bytes(): Buffer {
    return this.window.bytes;
  }

  /** Index behind the last valid byte. */
  get end(): number {
    return this.window.end;
  }

  /** Index of the token being held; only while `hold` is in force. */
  get start(): number {
    return this.mark;
  }

  append(chunk: Uint8Array): void {
    const keepFrom = this.mark < 0 ? this.at : this.mark;
    this.countLines(keepFrom);
    this.window.append(chunk, keepFrom);
    this.at -= keepFrom;
    this.counted -= keepFrom;
    if (this.mark >= 0) this.mark -= keepFrom;
  }

  /** Keeps every byte from `at` on, until `release`. */
  hold(): void {
    this.mark = this.at;
  }

  release(): void {
    this.mark = -1;
  }

  /** Moves behind `count` bytes of a token. */
  take(count: number): void {
    this.at += count;
    this.indent = -1;
  }

  /** The next byte that is not white space; -1 when more bytes are needed. */
  peek(): number {
    const { bytes, end } = this;
    while (this.at < end) {
      const byte = bytes[this.at] ?? 0;
      if (byte === SPACE) {
        if (this.indent >= 0) this.indent += 1;
      } else if (byte === NEWLINE) this.indent = 0;
      else if (byte === TAB) this.indent = -1;
      else if (byte !== CARRIAGE_RETURN) return byte;
      this.at += 1;
    }
    return -1;
  }

  /** Line and byte of `bytes[index]`; indexes must not go back. */
  position(index = this.at): Position {
    this.countLines(index);
    return { line: this.line, byte: this.window.offset + index };
  }

  private countLines(to: number): void {
    const { bytes } = this;
    let lines = 0;
    for (let index = this.counted; index < to; index++) {
      if (bytes[index] === NEWLINE) lines += 1;
    }
    if (to > this.counted) this.counted = to;
    this.line += lines;
  }
}
