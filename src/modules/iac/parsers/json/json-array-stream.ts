import type { JsonValue } from '../../../../core/providers/index.js';
import { ByteCursor } from '../bytes/byte-cursor.js';
import type { ContentHasher } from '../bytes/content-hash.js';
import type { KnownElements } from '../known-elements.js';
import type { Position } from '../parse.errors.js';
import { jsonSyntax, jsonTruncated, refusal } from '../parse.errors.js';
import { ElementReader } from './element-reader.js';
import type { StreamedElement } from './element-reader.js';
import { attemptJson, decodeUtf8 } from './json-failures.js';
import * as structure from './structure.js';

export interface JsonArrayStreamOptions {
  readonly file: string;
  /** The top-level key whose array is streamed. */
  readonly arrayKey: string;
  /** Called for every top-level key before its value is read; may throw. */
  readonly onKey: (key: string, position: Position) => void;
  /** Called with top-level numbers, strings, booleans and nulls of up to 64 KiB; may throw. */
  readonly onScalar: (key: string, value: JsonValue, position: Position) => void;
  readonly maxElementBytes: number;
  readonly hasher: ContentHasher;
  /** Elements that need no parsing; none when absent. */
  readonly known?: KnownElements | undefined;
  /** Bytes that came before the first chunk. */
  readonly offset: number;
}

type Phase =
  | 'start'
  | 'first key'
  | 'key'
  | 'key text'
  | 'colon'
  | 'value'
  | 'skipped value'
  | 'scalar'
  | 'after value'
  | 'first element'
  | 'next element'
  | 'element'
  | 'after element'
  | 'end';

const MAX_TOKEN_BYTES = 64 * 1024;

function isDelimiter(byte: number): boolean {
  return structure.isSpace(byte) || byte === structure.COMMA || byte === structure.CLOSE_BRACE;
}

/**
 * Reads one JSON object as a stream: elements of one top-level array are parsed one by one, everything else is skipped, so
 * memory follows the largest element and not the document.
 */
export class JsonArrayStream {
  private readonly cursor: ByteCursor;
  private readonly elements: ElementReader;
  private readonly boundary = new structure.ValueBoundary();
  private phase: Phase = 'start';
  private key = '';

  constructor(private readonly options: JsonArrayStreamOptions) {
    this.cursor = new ByteCursor(options.offset);
    this.elements = new ElementReader(this.cursor, options);
  }

  /** Gives the next bytes; yields the elements that are complete now. */
  *push(chunk: Uint8Array): Generator<StreamedElement> {
    this.cursor.append(chunk);
    for (;;) {
      if (this.phase === 'element') {
        const element = this.elements.read();
        if (element === null) return;
        this.phase = 'after element';
        yield element;
      } else if (!this.step()) return;
    }
  }

  /** Says that no more bytes come. @throws DomainError when the document is not complete */
  finish(): void {
    if (this.phase === 'end') return;
    if (this.phase === 'element') throw this.elements.cutOff();
    throw jsonTruncated(this.options.file, this.cursor.position(this.cursor.end));
  }

  /** One step outside of elements; false when more bytes are needed. */
  private step(): boolean {
    if (this.phase === 'key text') return this.readKey();
    if (this.phase === 'skipped value') return this.skipValue();
    if (this.phase === 'scalar') return this.readScalar();
    const byte = this.cursor.peek();
    if (byte < 0) return false;
    this.phase = this.afterToken(this.phase, byte);
    return true;
  }

  /** Grammar of everything that is one byte long. */
  private afterToken(
    phase: Exclude<Phase, 'key text' | 'skipped value' | 'scalar'>,
    byte: number,
  ): Phase {
    switch (phase) {
      case 'start':
        return this.take(byte, structure.OPEN_BRACE, '"{"', 'first key');
      case 'first key':
      case 'key':
        if (phase === 'first key' && byte === structure.CLOSE_BRACE) {
          this.cursor.take(1);
          return 'end';
        }
        if (byte !== structure.QUOTE) throw this.unexpected('a key in quotes');
        this.cursor.hold();
        this.boundary.reset();
        return 'key text';
      case 'colon':
        return this.take(byte, structure.COLON, '":"', 'value');
      case 'value':
        return this.startValue(byte);
      case 'after value':
        if (byte === structure.COMMA) return this.take(byte, structure.COMMA, '","', 'key');
        return this.take(byte, structure.CLOSE_BRACE, '"," or "}"', 'end');
      case 'first element':
      case 'next element':
        if (phase === 'first element' && byte === structure.CLOSE_BRACKET) {
          this.cursor.take(1);
          return 'after value';
        }
        if (byte !== structure.OPEN_BRACE) throw this.unexpected('an object');
        this.elements.start();
        return 'element';
      case 'after element':
        if (byte === structure.COMMA) {
          return this.take(byte, structure.COMMA, '","', 'next element');
        }
        return this.take(byte, structure.CLOSE_BRACKET, '"," or "]"', 'after value');
      case 'element':
      case 'end':
        throw this.unexpected('nothing more');
    }
  }

  private startValue(byte: number): Phase {
    if (this.key === this.options.arrayKey && byte === structure.OPEN_BRACKET) {
      this.cursor.take(1);
      return 'first element';
    }
    this.boundary.reset();
    if (byte === structure.OPEN_BRACE || byte === structure.OPEN_BRACKET) {
      if (this.key === this.options.arrayKey) throw this.unexpected('an array');
      return 'skipped value';
    }
    this.cursor.hold();
    return 'scalar';
  }

  private readKey(): boolean {
    const text = this.readHeld(structure.QUOTE);
    if (text === null) return false;
    const position = this.cursor.position(this.cursor.start);
    const key = this.parseHeld(text, position);
    if (typeof key !== 'string') throw this.unexpected('a key in quotes');
    this.key = key;
    this.cursor.release();
    this.options.onKey(key, position);
    this.phase = 'colon';
    return true;
  }

  private readScalar(): boolean {
    const { cursor } = this;
    const text = this.readHeld(cursor.bytes[cursor.start] ?? 0);
    if (text === null) return false;
    const position = cursor.position(cursor.start);
    const value = this.parseHeld(text, position);
    cursor.release();
    this.options.onScalar(this.key, value, position);
    this.phase = 'after value';
    return true;
  }

  /** The held string or literal once it is complete; null while it is not. */
  private readHeld(first: number): string | null {
    const { cursor } = this;
    const { bytes, end } = cursor;
    let stop = -1;
    if (first === structure.QUOTE) stop = this.boundary.find(bytes, cursor.at, end);
    else {
      let index = cursor.at;
      while (index < end && !isDelimiter(bytes[index] ?? 0)) index += 1;
      if (index < end) stop = index;
    }
    const length = (stop < 0 ? end : stop) - cursor.start;
    if (length > MAX_TOKEN_BYTES) {
      throw refusal(
        'JSON_SYNTAX',
        this.options.file,
        'a top-level key or value is longer than 64 KiB',
        'Check that this is the right file',
        cursor.position(cursor.start),
      );
    }
    cursor.take((stop < 0 ? end : stop) - cursor.at);
    if (stop < 0) return null;
    const origin = cursor.position(cursor.start);
    return decodeUtf8(bytes.subarray(cursor.start, stop), this.options.file, origin);
  }

  private parseHeld(text: string, position: Position): JsonValue {
    const attempt = attemptJson(text, this.options.file, position);
    if (!attempt.ok) throw attempt.failure;
    return attempt.value;
  }

  private skipValue(): boolean {
    const { cursor } = this;
    const stop = this.boundary.find(cursor.bytes, cursor.at, cursor.end);
    cursor.take((stop < 0 ? cursor.end : stop) - cursor.at);
    if (stop < 0) return false;
    this.phase = 'after value';
    return true;
  }

  private take(byte: number, wanted: number, expected: string, next: Phase): Phase {
    if (byte !== wanted) throw this.unexpected(expected);
    this.cursor.take(1);
    return next;
  }

  private unexpected(expected: string): Error {
    return jsonSyntax(this.options.file, expected, this.cursor.position());
  }
}
