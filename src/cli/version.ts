import { readFileSync } from 'node:fs';

/** The version in package.json, found from the built file (`dist/src/cli/`) and from the source alike. */
export function productVersion(): string {
  for (const candidate of ['../../package.json', '../../../package.json']) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as { name?: string; version?: string };
      if (name === 'driftguard' && version !== undefined) return version;
    } catch {
      // The other place.
    }
  }
  return 'unknown';
}
