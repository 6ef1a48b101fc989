import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './run.mjs';
import { SetupError, step } from './terminal.mjs';

// Valkey is the same server under the name some distributions ship it by.
const COMMANDS = ['redis-server', 'valkey-server'];

const PACKAGE_MANAGERS = [
  {
    command: 'apt-get',
    refresh: ['update', '-q'],
    install: ['install', '-y', '-q', '--no-install-recommends', 'redis-server'],
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
  },
  { command: 'dnf', install: ['install', '-y', 'redis'], otherwise: ['install', '-y', 'valkey'] },
  { command: 'yum', install: ['install', '-y', 'redis'], otherwise: ['install', '-y', 'valkey'] },
  {
    command: 'apk',
    install: ['add', '--no-cache', 'redis'],
    otherwise: ['add', '--no-cache', 'valkey'],
  },
  { command: 'zypper', install: ['--non-interactive', 'install', 'redis'] },
  { command: 'pacman', install: ['-Sy', '--noconfirm', 'valkey'] },
  { command: 'brew', install: ['install', 'redis'], asUser: true },
];

/** Full path of `name` on the given PATH, or null. */
export function findOnPath(name, searchPath = process.env.PATH ?? '') {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

export function findRedisServer(searchPath) {
  for (const name of COMMANDS) {
    const found = findOnPath(name, searchPath);
    if (found !== null) return found;
  }
  return null;
}

const isRoot = () => process.getuid?.() === 0;

/** What would be run to install Redis here: null when there is no package manager we know. */
export function planRedisInstall(searchPath, asRoot = isRoot()) {
  const manager = PACKAGE_MANAGERS.find(({ command }) => findOnPath(command, searchPath) !== null);
  if (manager === undefined) return null;
  const prefix = asRoot || manager.asUser === true ? [] : ['sudo', '-n'];
  const commandLine = (args) => [...prefix, manager.command, ...args];
  return {
    commands: [manager.install, manager.otherwise].filter(Boolean).map(commandLine),
    refresh: manager.refresh === undefined ? null : commandLine(manager.refresh),
    environment: manager.environment ?? {},
    byHand: [...(prefix.length > 0 ? ['sudo'] : []), manager.command, ...manager.install].join(' '),
  };
}

/** Makes sure there is a redis-server, installing one through the system's package manager after saying so. */
export async function ensureRedisServer() {
  if (findRedisServer() !== null) return;
  const plan = planRedisInstall();
  if (plan === null) {
    throw new SetupError(
      'DriftGuard keeps its job queue in Redis, and there is no redis-server on PATH and no package manager known here to install it with.\n' +
        'Install Redis 6 or newer (https://redis.io/docs/latest/operate/oss_and_stack/install/) so that `redis-server --version` works, then start again.',
    );
  }
  await step(`No redis-server on PATH: installing it (${plan.byHand})`, () => install(plan));
  if (findRedisServer() === null) throw notInstalled(plan, 'it ended well but brought no server');
}

async function install(plan) {
  const environment = { env: { ...process.env, ...plan.environment } };
  const run = ([command, ...args]) => runQuietly(command, args, environment);
  let failure;
  for (const attempt of [...plan.commands, ...(plan.refresh === null ? [] : [plan.refresh])]) {
    try {
      await run(attempt);
      if (attempt === plan.refresh) await run(plan.commands[0]);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw notInstalled(plan, failure.message);
}

const notInstalled = (plan, reason) =>
  new SetupError(
    `Redis could not be installed: ${reason}\n\nInstall it yourself, then start again:\n  ${plan.byHand}`,
  );
