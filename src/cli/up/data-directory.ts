import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** What `driftguard up` keeps, and where. */
export interface DataDirectory {
  readonly root: string;
  readonly lockFile: string;
  readonly secretsFile: string;
  readonly stateFile: string;
  readonly postgres: string;
  readonly redis: string;
  readonly logs: string;
}

/** Makes the folder when it is missing. Root's must be passable for PostgreSQL's own user; every secret in it is 0600. */
export async function openDataDirectory(folder: string): Promise<DataDirectory> {
  const root = path.resolve(folder);
  const logs = path.join(root, 'logs');
  await mkdir(root, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  await mkdir(logs, { recursive: true, mode: 0o700 });
  return {
    root,
    lockFile: path.join(root, 'lock'),
    secretsFile: path.join(root, 'secrets.json'),
    stateFile: path.join(root, 'state.json'),
    postgres: path.join(root, 'postgres'),
    redis: path.join(root, 'redis'),
    logs,
  };
}
