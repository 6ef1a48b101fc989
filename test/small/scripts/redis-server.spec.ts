import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installScript } from './install-script.js';

interface RedisScript {
  findRedisServer(searchPath: string): string | null;
  planRedisInstall(
    searchPath: string,
    asRoot: boolean,
  ): { commands: string[][]; byHand: string } | null;
}
const { findRedisServer, planRedisInstall } = await installScript<RedisScript>('redis-server.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const addCommand = (name: string, mode = 0o755): void =>
  writeFileSync(path.join(folder, name), '', { mode });

describe('findRedisServer', () => {
  it('finds redis-server, or Valkey under its own name', () => {
    expect(findRedisServer(folder)).toBeNull();
    addCommand('valkey-server');
    expect(findRedisServer(folder)).toBe(path.join(folder, 'valkey-server'));
    addCommand('redis-server');
    expect(findRedisServer(folder)).toBe(path.join(folder, 'redis-server'));
  });

  it('passes over a file nobody may run', () => {
    addCommand('redis-server', 0o644);
    expect(findRedisServer(folder)).toBeNull();
  });
});

describe('planRedisInstall', () => {
  it('knows nothing to do without a package manager it knows', () => {
    expect(planRedisInstall(folder, true)).toBeNull();
  });

  it('uses the package manager directly as root', () => {
    addCommand('dnf');
    expect(planRedisInstall(folder, true)?.commands).toEqual([
      ['dnf', 'install', '-y', 'redis'],
      ['dnf', 'install', '-y', 'valkey'],
    ]);
  });

  it('never waits for a password as an ordinary user, and says what to type', () => {
    addCommand('apk');
    const plan = planRedisInstall(folder, false);
    expect(plan?.commands[0]).toEqual(['sudo', '-n', 'apk', 'add', '--no-cache', 'redis']);
    expect(plan?.byHand).toBe('sudo apk add --no-cache redis');
  });

  it('runs brew as the user it belongs to', () => {
    addCommand('brew');
    expect(planRedisInstall(folder, false)?.commands).toEqual([['brew', 'install', 'redis']]);
  });
});
