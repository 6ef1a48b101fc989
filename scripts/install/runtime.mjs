import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { SetupError } from './terminal.mjs';

const MAJOR = 24;

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** The Node 24 that npm package `node` brought, or our own when it is one. */
export function findRuntime(root) {
  const installed = path.join(root, 'node_modules', 'node', 'bin', 'node');
  if (versionOf(installed)?.startsWith(`v${MAJOR}.`)) return installed;
  if (process.versions.node.startsWith(`${MAJOR}.`)) return process.execPath;
  throw new SetupError(
    `DriftGuard runs on Node ${MAJOR}, which the npm package "node" brings, but ${installed} does not run here.\n` +
      'Its install script may have been switched off (npm config get ignore-scripts) or there is no build for this platform.\n' +
      `Either run: npm rebuild node --foreground-scripts\nor install Node ${MAJOR} (https://nodejs.org) and start again with it.`,
  );
}

/** The bootstrap itself needs this much. */
export function checkBootstrapNode() {
  if (Number.parseInt(process.versions.node, 10) >= 20) return;
  throw new SetupError(
    `This is Node ${process.versions.node}; starting DriftGuard needs Node 20 or newer (https://nodejs.org). It then brings its own Node ${MAJOR}.`,
  );
}
