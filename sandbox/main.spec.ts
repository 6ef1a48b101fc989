import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '..');
let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  mkdirSync(path.join(folder, 'estate/kubernetes/prod'), { recursive: true });
  writeFileSync(path.join(folder, 'estate/kubernetes/prod/a.json'), '[]');
  const swc = path.join(root, 'node_modules/@swc/cli/bin/swc.js');
  const options = ['--out-dir', folder, '--config-file', '.swcrc', '--quiet'];
  execFileSync(process.execPath, [swc, 'sandbox', ...options], { cwd: root });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  program = path.join(folder, 'sandbox/main.js');
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(...options: string[]): ChildProcess {
  const estate = path.join(folder, 'estate');
  return spawn(process.execPath, [program, '--estate', estate, ...options], { stdio: 'pipe' });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no standard output');
  for await (const line of createInterface(stdout)) return line;
  return '';
}

describe('the command', () => {
  it('prints one line of addresses, serves, and ends with 0 on SIGTERM', async () => {
    const child = start();
    const line = JSON.parse(await firstLine(child)) as { kubernetes: { endpoint: string }[] };
    const response = await fetch(`${line.kubernetes[0]?.endpoint ?? ''}/version`, {
      headers: { authorization: 'Bearer t' },
    });
    expect(response.status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends with its parent', async () => {
    const child = start('--exit-with-parent');
    await firstLine(child);
    child.stdin?.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--estate', '/no/such/folder'], 'no estate folder /no/such/folder'],
    [['--aws-port', 'http'], 'a port is a number'],
    [['--nonsense'], '--nonsense'],
  ])('%j ends with 2 and says why', async (options, message) => {
    const child = start(...options);
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(errors).toContain(message);
  });
});
