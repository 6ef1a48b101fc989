import { createHmac, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { EnvelopeCipher } from '../../../core/crypto/index.js';
import type { SourceDocument } from '../../../core/providers/index.js';
import { sourceErrors } from '../sources.errors.js';

const PIECE_BYTES = 1024 * 1024;

/**
 * An upload on its way into the database. It waits in a temporary file, sealed, so that a slow client holds no connection and
 * nothing is stored before the whole content was received and understood. Remove it in any case.
 */
export class DocumentSpool {
  private constructor(
    private readonly file: string,
    private readonly cipher: EnvelopeCipher,
    /** Length of each sealed piece. */
    private readonly lengths: readonly number[],
    /** Bytes before sealing. */
    readonly size: number,
    /** Keyed with the document's data key's context; hex. */
    readonly contentHash: string,
  ) {}

  get pieces(): number {
    return this.lengths.length;
  }

  /** @throws DomainError `SOURCE.CONTENT_TOO_LARGE`, `SOURCE.CONTENT_EMPTY`; nothing is left behind then */
  static async receive(
    content: AsyncIterable<Uint8Array>,
    options: {
      readonly cipher: EnvelopeCipher;
      readonly hashKey: string;
      readonly maxBytes: number;
    },
  ): Promise<DocumentSpool> {
    const file = path.join(os.tmpdir(), `driftguard-upload-${randomUUID()}`);
    const handle = await open(file, 'wx', 0o600);
    try {
      const hash = createHmac('sha256', options.hashKey);
      const lengths: number[] = [];
      let size = 0;
      for await (const piece of inPieces(content)) {
        size += piece.length;
        if (size > options.maxBytes) throw sourceErrors.contentTooLarge(options.maxBytes);
        hash.update(piece);
        const sealed = options.cipher.seal(piece, lengths.length);
        await handle.write(sealed);
        lengths.push(sealed.length);
      }
      if (size === 0) throw sourceErrors.contentEmpty();
      return new DocumentSpool(file, options.cipher, lengths, size, hash.digest('hex'));
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** The pieces as they will rest in the database. */
  async *sealed(): AsyncGenerator<Buffer> {
    const handle = await open(this.file, 'r');
    try {
      for (const length of this.lengths) yield await readExactly(handle, length);
    } finally {
      await handle.close();
    }
  }

  /** The content in clear, for the parser. */
  asDocument(name: string): SourceDocument {
    return {
      name,
      size: this.size,
      open: () => Promise.resolve(Readable.from(this.#opened())),
    };
  }

  async remove(): Promise<void> {
    await rm(this.file, { force: true });
  }

  async *#opened(): AsyncGenerator<Buffer> {
    let position = 0;
    for await (const sealed of this.sealed()) {
      yield this.cipher.open(sealed, position);
      position += 1;
    }
  }
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (length + rest.length >= PIECE_BYTES) {
      const missing = PIECE_BYTES - length;
      yield Buffer.concat([...parts, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      parts = [];
      length = 0;
    }
    if (rest.length === 0) continue;
    parts.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(parts);
}

async function readExactly(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read);
    if (bytesRead === 0) throw new Error('the temporary file of an upload was cut short');
    read += bytesRead;
  }
  return buffer;
}
