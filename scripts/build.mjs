// Builds to a fresh folder and swaps it in, so a build killed half way never leaves a broken dist.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const [next, current, old] = ['dist.next', 'dist', 'dist.old'].map((name) => path.join(root, name));

for (const leftover of [next, old]) rmSync(leftover, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/@swc/cli/bin/swc.js'),
    'src',
    'sandbox',
    'migrations',
    '--out-dir',
    next,
    '--copy-files',
    '--config-file',
    '.swcrc',
    '--quiet',
  ],
  { cwd: root, stdio: 'inherit' },
);
if (existsSync(current)) renameSync(current, old);
renameSync(next, current);
rmSync(old, { recursive: true, force: true });
