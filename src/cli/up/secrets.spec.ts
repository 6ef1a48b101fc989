import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadSecrets } from './secrets.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-secrets-'));
  file = path.join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('loadSecrets', () => {
  it('makes them once, for our eyes only', async () => {
    const first = await loadSecrets(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(loadSecrets(file)).resolves.toEqual(first);
    expect(new Set(Object.values(first)).size).toBe(Object.values(first).length);
  });

  it('adds one that an older version did not know and keeps the others', async () => {
    const { secretKey } = await loadSecrets(file);
    writeFileSync(file, JSON.stringify({ secretKey }));
    const again = await loadSecrets(file);
    expect(again.secretKey).toBe(secretKey);
    expect(again.encryptionKey).not.toBe('');
  });

  it('never replaces a damaged file', async () => {
    writeFileSync(file, '{"secretKey": "abc');
    await expect(loadSecrets(file)).rejects.toThrow(/secrets\.json is not valid JSON/);
    expect(readFileSync(file, 'utf8')).toBe('{"secretKey": "abc');
  });
});
