import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install-script.js';

interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * npm drops packages of other platforms from the lock file when its registry does not serve them, and `npm ci` then refuses
 * the lock file, on every platform.
 */
it('names the packages of every platform, so that `npm ci` accepts it', () => {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const missing = Object.entries(lock.packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isResolvable(lock.packages, folder, name)),
  );
  expect(missing).toEqual([]);
});

/** From the folder itself upwards, as Node looks modules up. */
function isResolvable(
  packages: Readonly<Record<string, LockEntry>>,
  folder: string,
  name: string,
): boolean {
  if (packages[path.posix.join(folder, 'node_modules', name)] !== undefined) return true;
  if (folder === '') return false;
  const above = folder.lastIndexOf('/node_modules/');
  return isResolvable(packages, above === -1 ? '' : folder.slice(0, above), name);
}
