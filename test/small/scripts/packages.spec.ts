import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installScript } from './install-script.js';

const { isInstalled } = await installScript<{ isInstalled(root: string): boolean }>('packages.mjs');

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'driftguard-install-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Entries = Record<string, { version?: string; optional?: boolean; link?: boolean }>;

function writeLock(packages: Entries): void {
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
}

function writeInstalled(packages: Entries): void {
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  const record = path.join(root, 'node_modules/.package-lock.json');
  writeFileSync(record, JSON.stringify({ packages }));
}

describe('isInstalled', () => {
  it('asks for an install in a fresh clone', () => {
    writeLock({ '': {}, 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(false);
  });

  it('accepts what npm recorded as installed', () => {
    writeLock({ '': {}, 'node_modules/a': { version: '1.0.0' } });
    writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(true);
  });

  it('does without optional packages of other platforms and without workspace links', () => {
    writeLock({
      'packages/sdk': { version: '1.0.0' },
      'node_modules/sdk': { link: true },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a-darwin': { version: '1.0.0', optional: true },
    });
    writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(true);
  });

  it('asks again when an install stopped half way, so npm recorded nothing', () => {
    writeLock({ 'node_modules/a': { version: '1.0.0' } });
    mkdirSync(path.join(root, 'node_modules/a'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });

  it('asks again when the lock file changed after an accepted install', () => {
    writeLock({ 'node_modules/a': { version: '1.0.0' } });
    writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(root)).toBe(true);
    writeLock({ 'node_modules/a': { version: '1.0.1' } });
    expect(isInstalled(root)).toBe(false);
  });
});
