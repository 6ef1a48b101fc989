import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './run.mjs';
import { SetupError } from './terminal.mjs';

const stampFile = (root) => path.join(root, 'node_modules', '.driftguard-install');

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}

/** npm's own record of what it installed, written last; so an install by hand counts and a half-done one does not. */
function npmInstalledEverything(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '' || entry.link === true || !folder.startsWith('node_modules/')) return true;
    const found = installed[folder];
    // Packages of other platforms are optional and rightly absent.
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version;
  });
}

/** Whether node_modules is what package-lock.json asks for. */
export function isInstalled(root) {
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root)) return true;
  if (!npmInstalledEverything(root)) return false;
  try {
    writeFileSync(stamp, lockHash(root));
  } catch {
    // Installed by somebody else; looking again next time costs milliseconds.
  }
  return true;
}

/** `npm ci`; removes what an earlier, half-done install left. */
export async function installPackages(root) {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath ?? '';
  const [command, prefix] = /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  try {
    await runQuietly(command, [...prefix, ...args], { cwd: root, env: withoutLifecycle() });
  } catch (error) {
    throw new SetupError(
      `${error.message}\n\nThe packages could not be installed. Check that the npm registry is reachable (npm ping), then start again.`,
    );
  }
  writeFileSync(stampFile(root), lockHash(root));
}

/** `npm start` tells its children they are the "start" script; packages' own scripts must not believe it. */
function withoutLifecycle() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)),
  );
}
