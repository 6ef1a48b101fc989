import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installScript } from './install-script.js';

interface SourcesScript {
  BUILD_STAMP: string;
  sourcesHash(root: string): string;
  isBuilt(root: string): boolean;
}
const { BUILD_STAMP, isBuilt, sourcesHash } = await installScript<SourcesScript>('sources.mjs');

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'driftguard-sources-'));
  mkdirSync(path.join(root, 'src/core'), { recursive: true });
  writeFileSync(path.join(root, 'src/core/a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function build(): void {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, 'dist', BUILD_STAMP), sourcesHash(root));
}

describe('isBuilt', () => {
  it('needs a build in a fresh clone and when dist has no stamp', () => {
    expect(isBuilt(root)).toBe(false);
    mkdirSync(path.join(root, 'dist'));
    expect(isBuilt(root)).toBe(false);
  });

  it('needs none right after one', () => {
    build();
    expect(isBuilt(root)).toBe(true);
  });

  it.each([
    ['edited', () => writeFileSync(path.join(root, 'src/core/a.ts'), 'three')],
    ['added', () => writeFileSync(path.join(root, 'src/core/b.ts'), '')],
    ['removed', () => rmSync(path.join(root, 'src/core/a.ts'))],
  ])('needs one when a source was %s', (_what, change) => {
    build();
    change();
    expect(isBuilt(root)).toBe(false);
  });
});
