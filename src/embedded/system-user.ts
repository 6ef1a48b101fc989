import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

async function findUser(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** PostgreSQL refuses to run as root: then it runs as the system's `postgres`, made when missing. Null when we are not root. */
export async function postgresUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await findUser('postgres');
  if (existing !== null) return existing;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  } catch {
    await run('adduser', ['-S', '-H', 'postgres']).catch(() => undefined);
  }
  const created = await findUser('postgres');
  if (created === null) {
    throw new Error(
      'PostgreSQL does not run as root, and no system user `postgres` could be created. Create one (useradd --system postgres) or start DriftGuard as an ordinary user.',
    );
  }
  return created;
}

/** Whether `user` may enter every folder down to `target`; `target` itself need not exist. */
export async function isReachableBy(user: SystemUser, target: string): Promise<boolean> {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const facts = await stat(folder).catch(() => null);
    if (facts !== null) {
      const shift = facts.uid === user.uid ? 6 : facts.gid === user.gid ? 3 : 0;
      if (((facts.mode >> shift) & 0o1) === 0) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}
