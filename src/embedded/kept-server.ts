import { fork } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the keeper process is told on its command line; it carries no secret. */
export interface ServerSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  /** Operating-system user to run as; null for our own. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly logFile: string;
}

export type KeeperReport =
  | { readonly kind: 'spawned'; readonly pid: number }
  | { readonly kind: 'exited'; readonly reason: string };

/** A running server that stops when asked to, and by itself when this process dies, however it dies. */
export interface KeptServer {
  readonly pid: number;
  /** Null while it runs; afterwards how it ended. */
  exitReason(): string | null;
  /** Waits for a clean stop; safe to call twice. */
  stop(): Promise<void>;
  /** Called once when the server ends without having been asked to. */
  onUnexpectedExit(listener: (reason: string) => void): void;
}

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/** Starts `spec` under a keeper process. Throws when the command cannot be spawned. */
export async function keepServer(spec: ServerSpec): Promise<KeptServer> {
  if ((statSync(spec.logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) {
    rmSync(spec.logFile);
  }
  const keeper = fork(
    fileURLToPath(new URL('./keeper.js', import.meta.url)),
    [JSON.stringify(spec)],
    {
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  const ended = once(keeper, 'exit');
  const listeners: ((reason: string) => void)[] = [];
  let exitReason: string | null = null;
  let stopping = false;

  const settle = (reason: string): void => {
    if (exitReason !== null) return;
    exitReason = reason;
    if (!stopping) for (const listener of listeners) listener(reason);
  };
  const pid = await new Promise<number>((resolve, reject) => {
    keeper.on('message', (message: KeeperReport) => {
      if (message.kind === 'spawned') {
        resolve(message.pid);
        return;
      }
      settle(message.reason);
      reject(new Error(`${spec.command} could not be started: ${message.reason}`));
    });
    keeper.on('error', reject);
    keeper.on('exit', (code, signal) => {
      settle(`its keeper ended (${signal ?? String(code)})`);
      reject(new Error(`the keeper of ${spec.command} ended (${signal ?? String(code)})`));
    });
  });

  return {
    pid,
    exitReason: () => exitReason,
    onUnexpectedExit: (listener) => void listeners.push(listener),
    async stop() {
      stopping = true;
      if (keeper.connected) keeper.disconnect();
      await ended;
    },
  };
}

/** The end of a server's log, for the message that says why it did not start; empty when there is none. */
export async function lastLogLines(logFile: string, lines = 8): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
