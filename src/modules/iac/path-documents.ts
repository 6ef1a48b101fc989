import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceDocument } from '../../core/providers/index.js';
import { sourceErrors } from './sources.errors.js';

/** Never part of what a folder declares. */
const SKIPPED = new Set(['.git', '.terraform', 'node_modules', '.driftguard']);
const ENDINGS = ['.tfstate', '.json', '.yaml', '.yml', '.template'];

export interface PathDocument {
  readonly document: SourceDocument;
  /** Whether the path is this file, rather than a folder it lies in. */
  readonly named: boolean;
}

/**
 * The file at a path, or the files of a folder at any depth, in order of their names. Links inside a folder are not
 * followed. `shown` is the path as the user wrote it, for messages.
 */
export async function* pathDocuments(real: string, shown: string): AsyncGenerator<PathDocument> {
  const facts = await stat(real);
  if (facts.isFile()) {
    yield { document: fileDocument(real, shown, facts.size), named: true };
    return;
  }
  let found = 0;
  const entries = await readdir(real, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && ENDINGS.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(real, file)
          .split(path.sep)
          .some((part) => SKIPPED.has(part)),
    )
    .sort();
  for (const file of files) {
    found += 1;
    const name = path.join(shown, path.relative(real, file));
    yield { document: fileDocument(file, name, (await stat(file)).size), named: false };
  }
  if (found === 0) throw sourceErrors.folderEmpty(shown, ENDINGS);
}

function fileDocument(file: string, name: string, size: number): SourceDocument {
  return {
    name,
    size,
    open: (signal) => Promise.resolve(createReadStream(file, { signal })),
  };
}
