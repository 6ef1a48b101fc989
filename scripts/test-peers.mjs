// `npm run test:peers`: installs servers and tools no one here wrote and runs the tests against them. Says which of them could
// not be had on this machine; their tests do not count as passed. Names of peers narrow it: npm run test:peers -- kubernetes
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { conclude, runJest } from './install/jest.mjs';
import { prepare } from './install/prepare.mjs';
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
  const specs = ready.map((name) => `test/peers/${name}/`);
  // One after the other: a server each, and side by side they would only wait for one another.
  const args = ['--runInBand', ...specs, '--selectProjects', 'peers'];
  const env = { ...process.env, ...environment };
  const runs = ready.length === 0 ? [] : [await runJest(node, args, { env })];
  for (const line of notRun) process.stdout.write(`NOT RUN ${line}\n`);
  return conclude(runs);
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
