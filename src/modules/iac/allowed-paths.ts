import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../core/config/index.js';
import { sourceErrors } from './sources.errors.js';

/** Which files and folders of the server a source may point at: none, unless the operator opened a folder. */
@Injectable()
export class AllowedPaths {
  readonly #root: string;

  constructor(config: Config) {
    this.#root = config.get('LOCAL_SOURCES_ROOT');
  }

  /**
   * Links are followed before the check, so none leads out of the folder. Answers the real path.
   *
   * @throws DomainError `SOURCE.PATHS_FORBIDDEN`, `SOURCE.PATH_OUTSIDE`, `SOURCE.PATH_MISSING`
   */
  async assertAllowed(given: string): Promise<string> {
    if (this.#root === '') throw sourceErrors.pathsForbidden();
    const root = await realpath(this.#root);
    const wanted = path.resolve(root, given);
    if (!isInside(root, wanted)) throw sourceErrors.pathOutside();
    const real = await realpath(wanted).catch(() => null);
    if (real === null) throw sourceErrors.pathMissing(given);
    if (!isInside(root, real)) throw sourceErrors.pathOutside();
    return real;
  }
}

function isInside(root: string, wanted: string): boolean {
  const relative = path.relative(root, wanted);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
