#!/usr/bin/env node
// Runs the built command line on the Node that npm package `node` brought. In a fresh checkout it installs and builds first.
import path from 'node:path';
import { prepare, ROOT } from '../scripts/install/prepare.mjs';
import { runInForeground } from '../scripts/install/run.mjs';
import { runMain } from '../scripts/install/terminal.mjs';

await runMain(async () => {
  const node = await prepare({ redis: false });
  return runInForeground(node, [path.join(ROOT, 'dist/src/cli.js'), ...process.argv.slice(2)]);
});
