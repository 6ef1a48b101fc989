import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILD = path.resolve(import.meta.dirname, '../../../dist/src/embedded/index.js');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-embedded-'));
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script against the built module in a process of its own, which may die as it likes. */
async function inProcess(script: string): Promise<{ stdout: string; signal: string | null }> {
  const program = `
    import pg from 'pg';
    const { startEmbeddedPostgres, startPrivateRedis } = await import(${JSON.stringify(BUILD)});
    const folder = ${JSON.stringify(folder)};
    async function query(url, sql) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows;
    }
    ${script}
  `;
  try {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
    return { stdout, signal: null };
  } catch (error) {
    const { stdout, signal } = error as { stdout: string; signal: string | null };
    if (signal === null) throw error;
    return { stdout, signal };
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps its data and password over a restart and listens on this machine only', async () => {
    const first = await inProcess(`
      const server = await startEmbeddedPostgres({ dataDir: folder + '/pg' });
      await query(server.url, 'create table kept as select 42 as answer');
      const [{ listen_addresses }] = await query(server.url, 'show listen_addresses');
      console.log(listen_addresses, server.password);
      await server.stop();
    `);
    const second = await inProcess(`
      const server = await startEmbeddedPostgres({ dataDir: folder + '/pg' });
      const [{ answer }] = await query(server.url, 'select answer from kept');
      console.log(answer, server.password);
      await server.stop();
    `);
    const [address, password] = first.stdout.trim().split(' ');
    expect(address).toBe('127.0.0.1');
    expect(second.stdout.trim()).toBe(`42 ${password ?? ''}`);
    expect(statSync(path.join(folder, 'pg/password')).mode & 0o777).toBe(0o600);
  });

  it('recovers from a run in which everything was killed hard', async () => {
    const killed = await inProcess(`
      const { execFileSync } = await import('node:child_process');
      const { readFileSync } = await import('node:fs');
      const server = await startEmbeddedPostgres({ dataDir: folder + '/pg' });
      await query(server.url, 'create table kept as select 42 as answer');
      const [{ data_directory }] = await query(server.url, 'show data_directory');
      const postmaster = Number(readFileSync(data_directory + '/postmaster.pid', 'utf8').split('\\n')[0]);
      const keeper = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(postmaster)]));
      process.kill(keeper, 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    `);
    expect(killed.signal).toBe('SIGKILL');
    const { stdout } = await inProcess(`
      const server = await startEmbeddedPostgres({ dataDir: folder + '/pg' });
      console.log((await query(server.url, 'select answer from kept'))[0].answer);
      await server.stop();
    `);
    expect(stdout.trim()).toBe('42');
  });

  it('ends by itself when the process that started it is killed', async () => {
    const { stdout } = await inProcess(`
      const server = await startEmbeddedPostgres({ dataDir: folder + '/pg' });
      console.log(server.url);
      process.kill(process.pid, 'SIGKILL');
    `);
    const { port } = new URL(stdout.trim());
    await expect(becomesFree(Number(port))).resolves.toBe(true);
  });
});

describe('private Redis', () => {
  it('keeps queued jobs when it is killed hard, and asks for its password', async () => {
    const redis = `
      const { connect } = await import('node:net');
      const { readFileSync } = await import('node:fs');
      const talk = (port, ...lines) => new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        let answer = '';
        socket.on('connect', () => socket.write([...lines, 'QUIT', ''].join('\\r\\n')));
        socket.on('data', (chunk) => (answer += chunk));
        socket.on('close', () => resolve(answer));
        socket.on('error', reject);
      });
      const server = await startPrivateRedis({ dataDir: folder + '/redis' });
    `;
    const { stdout: refused } = await inProcess(`${redis}
      console.log(await talk(server.port, 'PING'));
      await talk(server.port, 'AUTH ' + server.password, 'RPUSH jobs one');
      process.kill(Number(readFileSync(folder + '/redis/redis.pid', 'utf8')), 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    `);
    expect(refused).toContain('NOAUTH');
    const { stdout } = await inProcess(`${redis}
      console.log(await talk(server.port, 'AUTH ' + server.password, 'LLEN jobs'));
      await server.stop();
    `);
    expect(stdout).toContain(':1');
    expect(readFileSync(path.join(folder, 'redis/redis.conf'), 'utf8')).toContain('bind 127.0.0.1');
    expect(statSync(path.join(folder, 'redis/redis.conf')).mode & 0o777).toBe(0o600);
  });
});

async function becomesFree(port: number): Promise<boolean> {
  const { isPortFree } = (await import(BUILD)) as { isPortFree(port: number): Promise<boolean> };
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await isPortFree(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
