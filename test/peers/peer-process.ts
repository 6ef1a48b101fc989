import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;

/** A server no one here wrote, on a port of its own. */
export class PeerProcess {
  #output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    const keep = (text: Buffer): void => {
      this.#output = (this.#output + text.toString()).slice(-10_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Waits until it answers HTTP, with whatever status. */
  static async start(
    command: string,
    argumentsAt: (port: number) => readonly string[],
    options: { readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<PeerProcess> {
    const port = await freePort();
    const child = spawn(command, argumentsAt(port), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...options.env },
    });
    const peer = new PeerProcess(child, `http://127.0.0.1:${port}`);
    try {
      await peer.#untilItAnswers(command);
      return peer;
    } catch (error) {
      await peer.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await endOf(this.child);
  }

  async #untilItAnswers(command: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      try {
        await fetch(this.url);
        return;
      } catch (error) {
        if (this.child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`${command} does not answer:\n${this.#output}`, { cause: error });
        }
      }
      await sleep(100);
    }
  }
}

/** Ends a process and waits, hard if it takes long. */
export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(hard);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
