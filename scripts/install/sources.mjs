import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const BUILD_STAMP = '.sources';
const FOLDERS = ['src', 'sandbox', 'migrations'];
const FILES = ['.swcrc', 'package-lock.json', 'scripts/build.mjs'];

/** Changes when anything the build reads does: names, sizes and times, which costs milliseconds where contents would not. */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  const add = (file) => {
    const facts = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (facts !== undefined) hash.update(`${file}\0${facts.size}\0${facts.mtimeMs}\n`);
  };
  for (const folder of FOLDERS.filter((name) => existsSync(path.join(root, name)))) {
    const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
      .sort()
      .forEach(add);
  }
  FILES.forEach(add);
  return hash.digest('hex');
}

/** Whether dist was built from the sources as they are now. */
export function isBuilt(root) {
  const stamp = path.join(root, 'dist', BUILD_STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash(root);
}
