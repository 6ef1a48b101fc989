import { connect } from 'node:net';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { keepServer, lastLogLines, type KeptServer } from './kept-server.js';
import { clearLeftover } from './leftover-process.js';
import { keptSecret, writePrivateFile } from './private-file.js';

export interface PrivateRedisOptions {
  /** A folder of its own: configuration, password, log and append-only file live in it. */
  readonly dataDir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Default: `redis-server` from PATH. */
  readonly command?: string;
  /** `none` keeps nothing on disk: for tests. Default `full`: queued jobs survive a kill. */
  readonly durability?: 'full' | 'none';
}

export interface PrivateRedis {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly password: string;
  /** `redis://` URL; holds the password, never log it. */
  readonly url: string;
  readonly logFile: string;
  onUnexpectedExit(listener: (reason: string) => void): void;
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const PORT_ATTEMPTS = 3;

const quoted = (text: string): string => JSON.stringify(text);

/** Starts a `redis-server` of our own on 127.0.0.1, whatever other Redis runs on this machine. */
export async function startPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const dataDir = path.resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const pidFile = path.join(dataDir, 'redis.pid');
  await clearLeftover({ pidFile, directory: dataDir, signals: ['SIGTERM', 'SIGKILL'] });
  const password = await keptSecret(path.join(dataDir, 'password'));
  const configFile = path.join(dataDir, 'redis.conf');
  const logFile = path.join(dataDir, 'redis.log');

  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    await writePrivateFile(
      configFile,
      [
        'bind 127.0.0.1',
        `port ${port}`,
        `requirepass ${password}`,
        `dir ${quoted(dataDir)}`,
        `pidfile ${quoted(pidFile)}`,
        'daemonize no',
        'save ""',
        `appendonly ${options.durability === 'none' ? 'no' : 'yes'}`,
        // A queue must refuse, never forget.
        'maxmemory-policy noeviction',
        '',
      ].join('\n'),
    );
    const server = await keepServer({
      command: options.command ?? 'redis-server',
      args: [configFile],
      workingDirectory: dataDir,
      user: null,
      stopSignal: 'SIGTERM',
      logFile,
    });
    if (await isReady(server, port, password)) {
      return {
        host: '127.0.0.1',
        port,
        password,
        url: `redis://:${password}@127.0.0.1:${port}/0`,
        logFile,
        onUnexpectedExit: (listener) => server.onUnexpectedExit(listener),
        stop: () => server.stop(),
      };
    }
    await server.stop();
    const reason = await lastLogLines(logFile);
    if (attempt < PORT_ATTEMPTS && /already in use/i.test(reason)) continue;
    throw new Error(`Private Redis did not start on port ${port} (log: ${logFile}):\n${reason}`);
  }
}

async function isReady(server: KeptServer, port: number, password: string): Promise<boolean> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline;) {
    if (server.exitReason() !== null) return false;
    if (await answersPing(port, password)) return true;
    await sleep(30);
  }
  return false;
}

/** False also while it still loads its append-only file. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\nQUIT\r\n`));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer.includes('+PONG')));
  });
}
