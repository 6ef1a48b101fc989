// `npm run test:peers`: installs servers and tools no one here wrote and runs the tests against them. Says which of them could
// not be had on this machine; their tests do not count as passed. Names of peers narrow it: npm run test:peers -- kubernetes
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepare, ROOT } from './install/prepare.mjs';
import { runInForeground } from './install/run.mjs';
import { runMain, SetupError, step } from './install/terminal.mjs';
import { missingCommands, PEERS } from './peers/peers.mjs';

// Outlives a checkout: building an API server takes minutes.
const CACHE =
  process.env.DRIFTGUARD_PEERS ?? path.join(os.homedir(), '.cache', 'driftguard', 'peers');

await runMain(async () => {
  const asked = process.argv.slice(2);
  const known = PEERS.map(({ name }) => name);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(`Unknown peer ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  }
  const node = await prepare();
  const notRun = [];
  const ready = [];
  const environment = {};
  for (const peer of PEERS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const reason = await install(peer, environment);
    if (reason === null) ready.push(peer.name);
    else notRun.push(`${peer.name}: ${reason}`);
  }
  const code = ready.length === 0 ? 0 : await runSpecs(node, ready, environment);
  for (const line of notRun) process.stdout.write(`NOT RUN ${line}\n`);
  return code;
});

/** Null when the peer can be used, otherwise why not. */
async function install(peer, environment) {
  const missing = missingCommands(peer);
  if (missing.length > 0) return `${missing.join(' and ')} not on this machine (${peer.what})`;
  const folder = path.join(CACHE, peer.name);
  mkdirSync(folder, { recursive: true });
  try {
    if (peer.install) await step(`Installing ${peer.what}`, () => peer.install(folder));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return `could not be installed: ${error.message}`;
  }
  Object.assign(environment, peer.environment?.(folder));
  return null;
}

function runSpecs(node, folders, environment) {
  return runInForeground(
    node,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      path.join(ROOT, 'node_modules/jest/bin/jest.js'),
      // A server each: side by side they would only wait for one another.
      '--runInBand',
      ...folders.map((folder) => `test/peers/${folder}/`),
      '--selectProjects',
      'peers',
    ],
    { cwd: ROOT, env: { ...process.env, ...environment } },
  );
}
