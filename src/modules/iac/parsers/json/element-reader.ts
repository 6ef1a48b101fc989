import type { JsonValue } from '../../../../core/providers/index.js';
import type { ByteCursor } from '../bytes/byte-cursor.js';
import type { ContentHasher } from '../bytes/content-hash.js';
import type { Position } from '../parse.errors.js';
import type { KnownElements, ReadElement } from '../known-elements.js';
import { jsonTruncated, refusal } from '../parse.errors.js';
import { attemptJson, decodeUtf8 } from './json-failures.js';
import type { ParseAttempt } from './json-failures.js';
import { NEWLINE, ValueBoundary } from './structure.js';

const CARRIAGE_RETURN = 0x0d;
const MAX_INDENT = 64;
/** An element beyond this size is looked at byte by byte: its layout may not be what it seemed. */
const MAX_GUESSED_BYTES = 4 * 1024 * 1024;

/** One element of a streamed array. */
export interface StreamedElement {
  /** Null when the element is known, and was not parsed. */
  readonly value: JsonValue;
  readonly known: ReadElement | null;
  readonly contentHash: string;
  /** Of its first byte. */
  readonly position: Position;
}

export interface ElementReaderOptions {
  readonly file: string;
  readonly maxElementBytes: number;
  readonly hasher: ContentHasher;
  /** Elements that need no parsing; none when absent. */
  readonly known?: KnownElements | undefined;
}

/**
 * Reads one object that may be spread over many chunks.
 *
 * Where the layout is pretty-printed, as Terraform writes it, an object ends at the first line that closes its own
 * indentation, which native search finds several times faster than a look at every byte. That is a guess about layout,
 * never about content: a slice that parses is the whole object, a slice that only lacks its end is read byte by byte.
 */
export class ElementReader {
  private readonly boundary = new ValueBoundary();
  private closer = Buffer.alloc(0);
  private closerIndent = -1;
  private layoutTrusted = true;
  private guessing: 'undecided' | 'yes' | 'no' = 'undecided';
  private searched = 0;
  private origin: Position = { line: null, byte: null };

  constructor(
    private readonly cursor: ByteCursor,
    private readonly options: ElementReaderOptions,
  ) {}

  /** The cursor stands on the opening brace. */
  start(): void {
    const { cursor } = this;
    this.origin = cursor.position();
    this.guessing = this.layoutTrusted ? 'undecided' : 'no';
    if (cursor.indent < 0 || cursor.indent > MAX_INDENT) this.guessing = 'no';
    else if (cursor.indent !== this.closerIndent) {
      this.closerIndent = cursor.indent;
      this.closer = Buffer.from(`\n${' '.repeat(cursor.indent)}}`);
    }
    cursor.hold();
    this.boundary.reset();
    this.searched = 0;
  }

  /** The element, or null when more bytes are needed. @throws DomainError when it is not valid JSON */
  read(): StreamedElement | null {
    const { cursor } = this;
    if (this.guessing === 'undecided') {
      const next = cursor.bytes[cursor.start + 1];
      if (cursor.start + 1 >= cursor.end) return null;
      this.guessing = next === NEWLINE || next === CARRIAGE_RETURN ? 'yes' : 'no';
    }
    if (this.guessing === 'yes') {
      const guessed = this.readGuessed();
      if (guessed !== 'wrong layout') return guessed;
      this.guessing = 'no';
      this.layoutTrusted = false;
      this.searched = 0;
    }
    const from = cursor.start + this.searched;
    const stop = this.boundary.find(cursor.bytes, from, cursor.end);
    if (stop < 0) return this.waitForMore(cursor.end - cursor.start);
    const known = this.recall(stop);
    if (known !== null) return known;
    const attempt = this.parse(stop);
    if (!attempt.ok) throw attempt.failure;
    return this.complete(stop, attempt.value);
  }

  /** The failure to report when the document ends inside this element. */
  cutOff(): Error {
    const { cursor, options } = this;
    const attempt = this.parse(cursor.end);
    return attempt.ok ? jsonTruncated(options.file, cursor.position(cursor.end)) : attempt.failure;
  }

  private readGuessed(): StreamedElement | null | 'wrong layout' {
    const { cursor, closer } = this;
    const found = cursor.bytes.indexOf(closer, cursor.start + this.searched);
    const stop = found + closer.length;
    if (found < 0 || stop > cursor.end) {
      const length = cursor.end - cursor.start;
      if (length > MAX_GUESSED_BYTES) return 'wrong layout';
      return this.waitForMore(Math.max(0, length - closer.length));
    }
    const known = this.recall(stop);
    if (known !== null) return known;
    const attempt = this.parse(stop);
    if (attempt.ok) return this.complete(stop, attempt.value);
    if (attempt.complete) throw attempt.failure;
    return 'wrong layout';
  }

  private waitForMore(searched: number): null {
    const { cursor, options } = this;
    this.searched = searched;
    if (cursor.end - cursor.start <= options.maxElementBytes) return null;
    const attempt = this.parse(cursor.end);
    throw !attempt.ok && attempt.complete ? attempt.failure : this.tooLarge();
  }

  private tooLarge(): Error {
    const { file, maxElementBytes } = this.options;
    return refusal(
      'RESOURCE_TOO_LARGE',
      file,
      `one resource is larger than ${String(Math.floor(maxElementBytes / 1024 / 1024))} MiB`,
      'Check that the file is intact; a resource with that many instances has to be split in the code',
      this.origin,
    );
  }

  private parse(stop: number): ParseAttempt {
    const { cursor, options, origin } = this;
    const text = decodeUtf8(cursor.bytes.subarray(cursor.start, stop), options.file, origin);
    return attemptJson(text, options.file, origin);
  }

  /** Bytes that were parsed before are a whole element, wherever they stand. */
  private recall(stop: number): StreamedElement | null {
    const { cursor, options, origin } = this;
    if (options.known === undefined) return null;
    const bytes = cursor.bytes.subarray(cursor.start, stop);
    const contentHash = options.hasher.hash(bytes);
    const location = { file: options.file, line: origin.line };
    const known = options.known.recall(contentHash, bytes, location);
    return known && this.complete(stop, null, known);
  }

  private complete(
    stop: number,
    value: JsonValue,
    known: ReadElement | null = null,
  ): StreamedElement {
    const { cursor, options, origin } = this;
    if (stop - cursor.start > options.maxElementBytes) throw this.tooLarge();
    const contentHash = options.hasher.hash(cursor.bytes.subarray(cursor.start, stop));
    cursor.release();
    cursor.take(stop - cursor.at);
    return { value, known, contentHash, position: origin };
  }
}
