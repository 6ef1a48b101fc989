import type { Readable } from 'node:stream';

import { DomainError } from '../../../core/errors/index.js';
import type { SourceDocument } from '../../../core/providers/index.js';
import { documentTooLarge } from './parse.errors.js';
import { decodeUtf8 } from './json/json-failures.js';

const HEAD_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A document that is being read, with its first bytes at hand. A UTF-8 byte order mark is taken off. */
export interface OpenedDocument {
  readonly file: string;
  /** The first 64 KiB, or all of it when it is shorter. */
  readonly head: Buffer;
  /** True when `head` is the whole document. */
  readonly headIsAll: boolean;
  /** Bytes taken off before `head`. */
  readonly offset: number;
  /** Everything from the head on; once only. */
  chunks(): AsyncIterable<Buffer>;
  close(): void;
}

function readFailed(file: string, cause: unknown): DomainError {
  return new DomainError({
    code: 'IAC.READ_FAILED',
    kind: 'unavailable',
    message: `${file}: reading failed before the end. Check the disk or connection it comes from and try again.`,
    details: { file },
    cause,
    logLevel: 'warn',
  });
}

async function next(
  iterator: AsyncIterator<unknown>,
  file: string,
  signal: AbortSignal,
): Promise<Buffer | null> {
  signal.throwIfAborted();
  let result: IteratorResult<unknown>;
  try {
    result = await iterator.next();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DomainError ? error : readFailed(file, error);
  }
  if (result.done === true) return null;
  const chunk: unknown = result.value;
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (!(chunk instanceof Uint8Array)) throw readFailed(file, new TypeError('not a byte stream'));
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** Opens a document and reads its head. @throws DomainError, or the signal's reason */
export async function openDocument(
  document: SourceDocument,
  signal: AbortSignal,
): Promise<OpenedDocument> {
  signal.throwIfAborted();
  const file = document.name;
  const stream: Readable = await document.open(signal);
  const iterator: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  const close = (): void => {
    stream.destroy();
  };
  try {
    const parts: Buffer[] = [];
    let length = 0;
    let ended = false;
    while (length < HEAD_BYTES && !ended) {
      const chunk = await next(iterator, file, signal);
      if (chunk === null) ended = true;
      else {
        parts.push(chunk);
        length += chunk.length;
      }
    }
    const all = Buffer.concat(parts);
    const offset = all.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    const first = all.subarray(offset);
    return {
      file,
      head: first.subarray(0, HEAD_BYTES),
      headIsAll: ended && first.length <= HEAD_BYTES,
      offset,
      close,
      async *chunks() {
        if (first.length > 0) yield first;
        for (;;) {
          const chunk = ended ? null : await next(iterator, file, signal);
          if (chunk === null) return;
          yield chunk;
        }
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** The whole text of a document that cannot be streamed. @throws DomainError beyond `limit` bytes */
export async function readText(
  document: OpenedDocument,
  limit: number,
  what: string,
): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of document.chunks()) {
    length += chunk.length;
    if (length > limit) throw documentTooLarge(document.file, limit, what);
    parts.push(chunk);
  }
  const origin = { line: null, byte: document.offset };
  return decodeUtf8(Buffer.concat(parts), document.file, origin);
}
