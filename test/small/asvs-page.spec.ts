import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/security/asvs.md'), 'utf8');

/**
 * Requirements of level 1 and 2 by section, as ASVS 5.0.0 numbers them: 1 to this. Those of level 3 come after them in every section.
 * From `5.0/docs_en/OWASP_Application_Security_Verification_Standard_5.0.0_en.csv` of https://github.com/OWASP/ASVS.
 */
const SECTIONS: Readonly<Record<string, readonly number[]>> = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  5: [1, 3, 2, 3],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  10: [2, 2, 4, 11, 5, 2, 3],
  11: [2, 3, 3, 4, 1, 1],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7],
  16: [1, 5, 4, 3, 3],
  17: [1, 4, 2],
};
const REQUIREMENTS = Object.entries(SECTIONS).flatMap(([chapter, sections]) =>
  sections.flatMap((count, section) =>
    Array.from({ length: count }, (_, index) => `${chapter}.${section + 1}.${index + 1}`),
  ),
);
const IDS = /^\| (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) \|/gm;
const OPEN = /^\| ([\d., ]+) \|.*\| \*\*(partly|not met)\*\* \|/gm;

/** Those of test/medium are named without it; some by their name alone. */
function isThere(file: string): boolean {
  const places = [file, `test/medium/${file}`].flatMap((place) => globSync(place, { cwd: ROOT }));
  return places.length > 0 || globSync(`{src,test}/**/${file}`, { cwd: ROOT }).length > 0;
}

describe('the page about ASVS', () => {
  it('has each of the 253 requirements of level 1 and 2 once', () => {
    expect(REQUIREMENTS).toHaveLength(253);
    const listed = [...page.matchAll(IDS)].flatMap(([, ids = '']) => ids.split(', '));
    const order = (ids: readonly string[]): string[] => [...ids].sort();
    expect(order(listed)).toEqual(order(REQUIREMENTS));
  });

  it('names no test and no file that is not there', () => {
    const named = [...page.matchAll(/`([^`\s]+)`/g)].map(([, text = '']) => text);
    const tests = named.filter((text) => text.endsWith('.spec.ts'));
    expect(tests.length).toBeGreaterThan(100);
    expect(tests.filter((text) => !isThere(text))).toEqual([]);
    const files = named.filter((text) => /^(src|test|docs|openapi|nginx)\//.test(text));
    const gone = files.filter((text) => !text.includes('*') && !existsSync(path.join(ROOT, text)));
    expect(gone.filter((text) => !text.endsWith('.spec.ts'))).toEqual([]);
  });

  it('collects at its end what is missing', () => {
    const end = page.slice(page.indexOf('## What is missing'));
    const missing = [...page.matchAll(OPEN)].map(([, ids, state]) => `- ${ids} (${state}):`);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter((line) => !end.includes(line))).toEqual([]);
    expect(end.match(/^- /gm)).toHaveLength(missing.length);
  });
});
