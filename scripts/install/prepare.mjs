import path from 'node:path';
import { installPackages, isInstalled } from './packages.mjs';
import { ensureRedisServer } from './redis-server.mjs';
import { runQuietly } from './run.mjs';
import { checkBootstrapNode, findRuntime } from './runtime.mjs';
import { isBuilt } from './sources.mjs';
import { step } from './terminal.mjs';

export const ROOT = path.resolve(
  import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  '../..',
);

/** Installs and builds what is missing and returns the Node to run with. Silent when there is nothing to do. */
export async function prepare({ redis = true } = {}) {
  checkBootstrapNode();
  if (!isInstalled(ROOT)) {
    await step('Installing packages (once, about a minute)', () => installPackages(ROOT));
  }
  const node = findRuntime(ROOT);
  if (redis) await ensureRedisServer();
  if (!isBuilt(ROOT)) {
    await step('Building', () =>
      runQuietly(node, [path.join(ROOT, 'scripts/build.mjs')], { cwd: ROOT }),
    );
  }
  return node;
}
