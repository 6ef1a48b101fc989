import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readHolder, takeInstanceLock } from './instance-lock.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LIVE = process.ppid;
const ours = () => Promise.resolve(true);
const foreign = () => Promise.resolve(false);
const hold = (pid: number) => writeFileSync(file, JSON.stringify({ pid, port: 8000 }));

describe('takeInstanceLock', () => {
  it('is held until it is released', async () => {
    const lock = await takeInstanceLock(file, 8123, ours);
    await expect(readHolder(file)).resolves.toEqual({ pid: process.pid, port: 8123 });
    await lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('is refused while another one lives, naming its process and port', async () => {
    hold(LIVE);
    await expect(takeInstanceLock(file, 8001, ours)).rejects.toThrow(
      new RegExp(`process ${LIVE}, http://127\\.0\\.0\\.1:8000`),
    );
  });

  it('is taken over from a run that was killed', async () => {
    // Beyond the largest process id Linux hands out.
    hold(4_194_305);
    await takeInstanceLock(file, 8123, ours);
    await expect(readHolder(file)).resolves.toMatchObject({ pid: process.pid });
  });

  it('is taken over when the process id belongs to something else now', async () => {
    hold(LIVE);
    await takeInstanceLock(file, 8123, foreign);
    await expect(readHolder(file)).resolves.toMatchObject({ pid: process.pid });
  });

  it('is taken over when a crash cut the file short', async () => {
    writeFileSync(file, '{"pi');
    await takeInstanceLock(file, 8123, ours);
    await expect(readHolder(file)).resolves.toMatchObject({ pid: process.pid });
  });
});
