// Started as a child process by `keepServer`: runs one server (postgres, redis-server) and outlives neither its parent nor
// the server. It lives in its own session, so Ctrl-C in a terminal does not reach the server before the API has let go.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { KeeperReport, ServerSpec } from './kept-server.js';

const STOP_GRACE_MS = 30_000;

const spec = JSON.parse(process.argv[2] ?? '{}') as ServerSpec;
const log = openSync(spec.logFile, 'a', 0o600);
const server = spawn(spec.command, [...spec.args], {
  cwd: spec.workingDirectory,
  stdio: ['ignore', log, log],
  env: { PATH: process.env.PATH, HOME: spec.workingDirectory, LC_ALL: 'C' },
  ...(spec.user ?? {}),
});

function report(message: KeeperReport): void {
  if (process.connected) process.send?.(message);
}

function stop(): void {
  server.kill(spec.stopSignal);
  setTimeout(() => server.kill('SIGKILL'), STOP_GRACE_MS).unref();
}

server.on('spawn', () => report({ kind: 'spawned', pid: server.pid ?? 0 }));
server.on('error', (error) => {
  report({ kind: 'exited', reason: error.message });
  process.exitCode = 1;
  process.disconnect();
});
server.on('exit', (code, signal) => {
  report({ kind: 'exited', reason: signal === null ? `code ${String(code)}` : `signal ${signal}` });
  if (process.connected) process.disconnect();
});
process.on('disconnect', stop);
process.on('SIGTERM', stop);
for (const terminalSignal of ['SIGINT', 'SIGHUP'] as const) {
  process.on(terminalSignal, () => undefined);
}
