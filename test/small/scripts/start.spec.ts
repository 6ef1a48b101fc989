import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, cpSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './install-script.js';

describe('npm start', () => {
  it('explains itself before anything is installed', () => {
    const clone = mkdtempSync(path.join(os.tmpdir(), 'driftguard-clone-'));
    try {
      for (const name of ['scripts', 'package.json']) {
        cpSync(path.join(ROOT, name), path.join(clone, name), { recursive: true });
      }
      const { status, stdout } = spawnSync(process.execPath, ['scripts/start.mjs', '--help'], {
        cwd: clone,
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      for (const option of ['--port', '--data-dir', '--no-example', '--once', '--help']) {
        expect(stdout).toContain(option);
      }
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});
