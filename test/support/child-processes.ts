import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Config } from '../../src/core/config/index.js';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
const DIST = path.resolve(import.meta.dirname, '../../dist');

/** A process of the build under test. */
export class TestProcess {
  #output = '';

  private constructor(
    private readonly child: Child,
    private readonly name: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  static start(
    entry: string,
    options: {
      readonly arguments?: readonly string[];
      readonly environment?: Readonly<Record<string, string>>;
    } = {},
  ): TestProcess {
    const child = spawn(process.execPath, [path.join(DIST, entry), ...(options.arguments ?? [])], {
      env: { PATH: process.env.PATH, ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new TestProcess(child, entry);
  }

  get output(): string {
    return this.#output;
  }

  /** Waits for a line of output; fails with everything the process said when it ends before. */
  async waitFor(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      if (this.child.exitCode !== null) {
        throw new Error(`${this.name} ended with ${this.child.exitCode}:\n${this.#output}`);
      }
      await Promise.race([once(this.child.stdout, 'data'), once(this.child, 'exit')]);
    }
  }

  /** Ends it and waits; `SIGKILL` leaves it no time to clean up. Answers the exit code, null when a signal ended it. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    return this.child.exitCode;
  }
}

/** A worker on the same database and queue as the test's API. */
export async function startWorker(config: Config): Promise<TestProcess> {
  const worker = TestProcess.start('src/worker.js', {
    environment: {
      NODE_ENV: 'testing',
      LOG_LEVEL: 'info',
      DB_HOST: config.get('DB_HOST'),
      DB_PORT: String(config.get('DB_PORT')),
      DB_NAME: config.get('DB_NAME'),
      DB_POOL_MAX: '4',
      REDIS_URL: config.get('REDIS_URL'),
      QUEUE_PREFIX: config.get('QUEUE_PREFIX'),
      QUEUE_LOCK_MS: String(config.get('QUEUE_LOCK_MS')),
    },
  });
  await worker.waitFor('the worker takes jobs');
  return worker;
}
