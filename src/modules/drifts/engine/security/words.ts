import { pathSegments } from '../compare/path-set.js';

/** Longer than any name a schema has; the rest of a hostile key is not worth reading. */
const MAX_NAME = 200;
const INDEX = /^\d+$/;

/** `BlockPublicAcls`, `blockPublicAcls` and `block_public_acls` are read alike; so are `TLSVersion` and `tls_version`. */
export function snakeCase(name: string): string {
  return name
    .slice(0, MAX_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[-\s]+/g, '_')
    .toLowerCase();
}

/** A path as words: indexes left out, every name in snake case. */
export function wordsOf(path: string): string[] {
  return pathSegments(path)
    .filter((segment) => !INDEX.test(segment))
    .map(snakeCase);
}

/** The spelling of the security catalogues, see scripts/catalogues/security.mjs. */
export function squash(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .replace(/(?<=..)s$/, '');
}
