import { createReadStream } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceDocument } from '../../core/providers/index.js';
import { usageError } from '../errors.js';

const GLOB_CHARACTERS = /[*?[\]{}]/;
/** Never part of what a folder declares. */
const SKIPPED = new Set(['.git', '.terraform', 'node_modules', '.driftguard']);

export interface FoundDocument {
  readonly document: SourceDocument;
  /** Whether the user named it, rather than a folder it lies in: then it must be readable as what they said it is. */
  readonly named: boolean;
}

/**
 * The files behind a name: a file, a folder (files with these endings, at any depth) or a glob, in order of their names.
 * @throws DomainError when there is none
 */
export async function* findDocuments(
  name: string,
  endings: readonly string[],
): AsyncGenerator<FoundDocument> {
  const facts = await stat(name).catch(() => null);
  if (facts?.isFile() === true) {
    yield { document: fileDocument(name, facts.size), named: true };
    return;
  }
  const pattern = facts?.isDirectory() === true ? path.join(escapeGlob(name), '**') : name;
  if (facts === null && !GLOB_CHARACTERS.test(name)) throw usageError(`${name} does not exist.`);
  const files: { file: string; size: number }[] = [];
  for await (const file of glob(pattern, {
    exclude: (entry) => SKIPPED.has(path.basename(entry)),
  })) {
    if (facts !== null && !endings.some((ending) => file.endsWith(ending))) continue;
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true) files.push({ file, size: found.size });
  }
  if (files.length === 0) {
    throw usageError(
      facts === null
        ? `${name} matches no file.`
        : `${name} holds no file that ends in ${endings.join(', ')}.`,
    );
  }
  files.sort((left, right) => (left.file < right.file ? -1 : 1));
  for (const { file, size } of files) {
    yield { document: fileDocument(file, size), named: facts === null };
  }
}

function fileDocument(file: string, size: number): SourceDocument {
  return {
    name: file,
    size,
    open: (signal) => Promise.resolve(createReadStream(file, { signal })),
  };
}

function escapeGlob(folder: string): string {
  return folder.replaceAll(/[*?[\]{}!\\]/g, '\\$&');
}
