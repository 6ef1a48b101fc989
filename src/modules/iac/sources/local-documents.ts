import type { Stats } from 'node:fs';
import { glob, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import type { SourceDocument } from '../../../core/providers/index.js';
import { fileDocument, fileFailure, fileRefusal, systemErrorCode } from './file-document.js';

/** A document and whether the user named it, itself or by a pattern, rather than a folder it was found in. */
export interface LocalDocument {
  readonly document: SourceDocument;
  /** A file that was named must be readable as declared state; a found one may be something else. */
  readonly named: boolean;
}

/** Endings of files in a folder that can be declared state. Backups (`.tfstate.backup`) have another one. */
export const DOCUMENT_ENDINGS: readonly string[] = [
  '.tfstate',
  '.json',
  '.yaml',
  '.yml',
  '.template',
];

const GLOB_CHARACTERS = /[*?[\]{}]/;
/** Working folders hold copies; `.terraform` even a state that is not the state. */
const SKIPPED_FOLDERS = new Set(['.terraform', '.git', '.driftguard', 'node_modules']);

/** In a folder all hidden folders are left out; a pattern may name one. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || SKIPPED_FOLDERS.has(name);
}

function byName(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

async function factsOf(file: string, shownAs: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw fileFailure(shownAs, error);
  }
}

/** Regular files below a folder, in order of their names; symbolic links and working folders are left out. */
async function* filesBelow(
  folder: string,
  shownAs: string,
  endings: readonly string[],
): AsyncGenerator<LocalDocument> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileFailure(shownAs, error);
  });
  entries.sort((left, right) => byName(left.name, right.name));
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    const shown = path.join(shownAs, entry.name);
    if (entry.isDirectory()) {
      if (!isHidden(entry.name)) yield* filesBelow(file, shown, endings);
    } else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) {
      yield found(file, shown);
    }
  }
}

function found(file: string, shownAs: string): LocalDocument {
  return { document: fileDocument(file, { shownAs, followLinks: false }), named: false };
}

async function* filesMatching(pattern: string): AsyncGenerator<LocalDocument> {
  const files: string[] = [];
  const exclude = (entry: string): boolean => SKIPPED_FOLDERS.has(path.basename(entry));
  for await (const file of glob(pattern, { exclude })) {
    if ((await factsOf(file, file))?.isFile() === true) files.push(file);
  }
  for (const file of files.sort(byName)) yield { document: fileDocument(file), named: true };
}

/**
 * The documents behind a path: a file, a folder (files with these endings at any depth) or a glob pattern, in an order that
 * does not depend on the file system.
 *
 * @param shownAs the path as the user knows it, for names of documents
 * @throws DomainError `IAC.FILE_NOT_FOUND`, `IAC.FILE_FORBIDDEN`, `IAC.NO_DOCUMENT`
 */
export async function* localDocuments(
  location: string,
  shownAs: string = location,
  endings: readonly string[] = DOCUMENT_ENDINGS,
): AsyncGenerator<LocalDocument> {
  const facts = await factsOf(location, shownAs);
  if (facts !== null && !facts.isDirectory()) {
    const size = facts.isFile() ? facts.size : null;
    yield { document: fileDocument(location, { shownAs, size }), named: true };
    return;
  }
  if (facts === null && !GLOB_CHARACTERS.test(location)) {
    throw fileRefusal('FILE_NOT_FOUND', shownAs, 'there is no such file. Check the path.');
  }
  const documents =
    facts === null ? filesMatching(location) : filesBelow(location, shownAs, endings);
  let count = 0;
  for await (const document of documents) {
    count += 1;
    yield document;
  }
  if (count > 0) return;
  const wanted = facts === null ? 'no file matches' : `no file in it ends in ${endings.join(', ')}`;
  throw fileRefusal('NO_DOCUMENT', shownAs, `${wanted}. Check the path.`);
}
