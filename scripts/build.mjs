// Builds to a fresh folder and swaps it in, so a build killed half way never leaves a broken dist.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BUILD_STAMP, sourcesHash } from './install/sources.mjs';

const root = path.resolve(import.meta.dirname, '..');
const current = path.join(root, 'dist');
// Named by process, so two builds at once (a test run beside `npm start`) do not write into each other.
const next = path.join(root, `dist.next-${process.pid}`);
const old = path.join(root, `dist.old-${process.pid}`);

for (const name of readdirSync(root)) {
  const owner = /^dist\.(?:next|old)-(\d+)$/.exec(name)?.[1];
  if (owner !== undefined && !isAlive(Number(owner))) {
    rmSync(path.join(root, name), { recursive: true, force: true });
  }
}
// Taken before compiling: what is edited meanwhile is built next time.
const sources = sourcesHash(root);
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/@swc/cli/bin/swc.js'),
    'src',
    'sandbox',
    'migrations',
    'bench',
    '--out-dir',
    next,
    '--copy-files',
    '--config-file',
    '.swcrc',
    '--quiet',
  ],
  { cwd: root, stdio: 'inherit' },
);
writeFileSync(path.join(next, BUILD_STAMP), sources);
swapIn();

function swapIn(attempts = 5) {
  if (existsSync(current)) renameSync(current, old);
  try {
    renameSync(next, current);
  } catch (error) {
    // Another build swapped in between our two renames.
    if (attempts === 0) throw error;
    rmSync(old, { recursive: true, force: true });
    swapIn(attempts - 1);
    return;
  }
  rmSync(old, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
