import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort, isPortFree } from '../../src/embedded/free-port.js';

const CLI = path.resolve(import.meta.dirname, '../../dist/src/cli.js');
const LONG_MS = 180_000;

let folder: string;
let dataDir: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-up-'));
  // As root PostgreSQL runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  dataDir = path.join(folder, 'data');
  port = await freePort();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly process: ChildProcess;
  output(): string;
  readonly ended: Promise<number | null>;
}

function up(...args: string[]): Run {
  const child = spawn(
    process.execPath,
    [CLI, 'up', '--data-dir', dataDir, '--port', String(port), ...args],
    {
      env: { PATH: process.env.PATH, HOME: folder, COLUMNS: '200' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  }
  return {
    process: child,
    output: () => text,
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
}

/** With what it said, which tells why. */
async function expectExit(run: Run, code: number): Promise<void> {
  const ended = await run.ended;
  if (ended !== code) {
    throw new Error(`ended with ${String(ended)}, not ${code}:\n${run.output()}`);
  }
}

async function untilShown(run: Run, text: string): Promise<void> {
  const early = run.ended.then((code) => {
    throw new Error(`ended with ${String(code)} before it said "${text}":\n${run.output()}`);
  });
  const shown = (async () => {
    while (!run.output().includes(text)) await new Promise((resolve) => setTimeout(resolve, 50));
  })();
  await Promise.race([shown, early]);
}

describe('driftguard up', () => {
  it(
    'sets itself up from nothing, finds the drift of the example estate and ends with 1',
    async () => {
      const run = up('--once');
      await expectExit(run, 1);
      const output = run.output();
      expect(output).toMatch(/Log in as admin with the password \S{16,}/);
      expect(output).toMatch(/backup_retention_period +14 → 1 +confirmed/);
      expect(output).toMatch(/aws_s3_bucket\.exports +\(deleted\) +declared → gone +confirmed/);
      expect(output).toMatch(/apps\/v1\/Deployment\/shop\/recommendations +spec\.replicas +2 → 0/);
      // What nobody may read is shown as such and never as deleted.
      expect(output).toMatch(/AWS::SecretsManager::Secret +\S+ \S+ +denied/);
      expect(output).not.toMatch(/aws_secretsmanager_secret\S* +\(deleted\)/);
      expect(output).not.toContain('not-a-real-password');
      await expect(isPortFree(port)).resolves.toBe(true);
      expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    },
    LONG_MS,
  );

  it(
    'starts warm on the same data, refuses a second one, and stops everything on Ctrl-C',
    async () => {
      const first = up();
      await untilShown(first, 'Ctrl-C stops everything');
      expect(first.output()).not.toMatch(/with the password \S{16,}\n/);
      expect(first.output()).toContain('reset-password admin');
      const health = await fetch(`http://127.0.0.1:${port}/health/ready`);
      expect(health.status).toBe(200);

      const second = up('--once');
      await expectExit(second, 2);
      expect(second.output()).toContain(
        `already runs on this data directory: process ${String(first.process.pid)}, http://127.0.0.1:${port}`,
      );

      first.process.kill('SIGINT');
      await expectExit(first, 0);
      await expect(isPortFree(port)).resolves.toBe(true);
    },
    LONG_MS,
  );

  it(
    'recovers from being killed hard, and finds the same drifts, not new ones',
    async () => {
      const killed = up();
      await untilShown(killed, 'Ctrl-C stops everything');
      killed.process.kill('SIGKILL');
      await killed.ended;

      const again = up('--once');
      await expectExit(again, 1);
      const lastLines = (text: string): string[] => text.match(/^\d+ confirmed drifts?.*$/gm) ?? [];
      expect(lastLines(again.output())).toEqual(lastLines(killed.output()));
      const worker = readFileSync(path.join(dataDir, 'logs/worker.log'), 'utf8');
      expect(worker).not.toContain('"level":"error"');
    },
    LONG_MS,
  );
});
