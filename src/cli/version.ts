import { readFileSync } from 'node:fs';

/** The version in package.json, found from the built file (`dist/src/cli/`) and from the source alike. */
export function productVersion(): string {
  for (const candidate of ['../../package.json', '../../../package.json']) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      // The other place.
    }
  }
  return 'unknown';
}
