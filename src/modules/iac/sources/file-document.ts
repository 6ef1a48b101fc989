import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { DomainError } from '../../../core/errors/index.js';
import type { SourceDocument } from '../../../core/providers/index.js';

const CHUNK_BYTES = 1024 * 1024;

export function fileRefusal(
  code: string,
  file: string,
  message: string,
  cause?: unknown,
): DomainError {
  return new DomainError({
    code: `IAC.${code}`,
    kind: 'invalid',
    message: `${file}: ${message}`,
    details: { file },
    cause,
  });
}

/** `ENOENT` and the like; undefined for anything that is no system error. */
export function systemErrorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** What a failed file operation means to the person who named the file. */
export function fileFailure(file: string, error: unknown): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fileRefusal('FILE_NOT_FOUND', file, 'there is no such file. Check the path.', error);
    case 'EACCES':
    case 'EPERM':
      return fileRefusal(
        'FILE_FORBIDDEN',
        file,
        'permission denied. Let the user DriftGuard runs as read it.',
        error,
      );
    case 'ELOOP':
      return fileRefusal(
        'SYMBOLIC_LINK',
        file,
        'this is a symbolic link, which is not followed inside folders. Name the file it points to.',
        error,
      );
    case 'EISDIR':
      return directoryRefusal(file);
    default:
      return error;
  }
}

function directoryRefusal(file: string): DomainError {
  return fileRefusal(
    'IS_DIRECTORY',
    file,
    'this is a directory, and a file is needed. Name a file in it.',
  );
}

export interface FileDocumentOptions {
  /** The name in messages and locations; default the path. */
  readonly shownAs?: string | undefined;
  readonly size?: number | null | undefined;
  /** Default true. Files found in folders are not followed, so that none leads out of the folder. */
  readonly followLinks?: boolean | undefined;
}

/** A file as a document. Opening it throws `DomainError` when it is missing, forbidden or a directory. */
export function fileDocument(path: string, options: FileDocumentOptions = {}): SourceDocument {
  const { shownAs = path, size = null, followLinks = true } = options;
  const flags = followLinks ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NOFOLLOW;
  return {
    name: shownAs,
    size,
    async open(signal): Promise<Readable> {
      signal.throwIfAborted();
      let handle: FileHandle | undefined;
      try {
        handle = await open(path, flags);
        if ((await handle.stat()).isDirectory()) throw directoryRefusal(shownAs);
        return handle.createReadStream({ highWaterMark: CHUNK_BYTES, signal });
      } catch (error) {
        await handle?.close();
        throw fileFailure(shownAs, error);
      }
    },
  };
}
