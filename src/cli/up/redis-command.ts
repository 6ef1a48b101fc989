import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { DomainError } from '../../core/errors/index.js';

/** Valkey is the same server under the name some distributions ship it by. */
const COMMANDS = ['redis-server', 'valkey-server'];

/** @throws DomainError when there is none on the path */
export function findRedisCommand(searchPath: string): string {
  for (const name of COMMANDS) {
    for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new DomainError({
    code: 'UP.NO_REDIS',
    kind: 'unavailable',
    message:
      'There is no redis-server on PATH. `npm start` installs one; or install Redis 6 or newer yourself.',
  });
}
