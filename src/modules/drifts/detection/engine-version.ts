import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentHasher } from '../../../core/providers/content-hash.js';

/** Everything that decides what becomes of a pair, from bytes to a stored drift. */
const DECIDING = [
  '.',
  '../../iac/parsers',
  '../engine',
  '../knowledge',
  '../settle',
  '../../../core/privacy',
  '../../../services',
];
const PACKAGE = '../../../../package.json';

let computing: Promise<string> | undefined;

/**
 * Changes with every change of the engine, of its knowledge, of the parsers or of a library: what another version found out
 * is not taken over. Read from the program's own files, because a number kept by hand would be forgotten. Once per process.
 */
export function engineVersion(): Promise<string> {
  computing ??= compute();
  return computing;
}

async function compute(): Promise<string> {
  const hash = await contentHasher();
  const digests: string[] = [];
  for (const folder of DECIDING) {
    const root = path.join(import.meta.dirname, folder);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.flatMap((entry) =>
      entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
    );
    for (const file of files.sort()) {
      digests.push(path.relative(root, file), hash(await readFile(file, 'utf8')));
    }
  }
  return hash(digests.join('\n') + (await libraries()));
}

/** Absent where only the built files were installed; then they carry their libraries' versions with them. */
async function libraries(): Promise<string> {
  for (const above of ['', '../']) {
    const file = path.join(import.meta.dirname, above, PACKAGE);
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text !== null) {
      const { dependencies } = JSON.parse(text) as { dependencies?: object };
      return JSON.stringify(dependencies ?? {});
    }
  }
  return '';
}
