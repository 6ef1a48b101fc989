import { execFileSync, spawn } from 'node:child_process';
import type http from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAll, serve } from './testing.js';

let root: string;
let host: string;
let close: () => Promise<void>;
let first: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    cwd: path.join(root, 'work'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

function commit(file: string, content: string): string {
  const target = path.join(root, 'work', file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  git('add', '-A');
  git('commit', '-q', '-m', file);
  return git('rev-parse', 'HEAD');
}

/** Git's own server program, as web servers run it. */
function backend(request: http.IncomingMessage, response: http.ServerResponse): void {
  const expected = `Basic ${Buffer.from('git:pat-1').toString('base64')}`;
  if (request.headers.authorization !== expected) {
    response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
    return;
  }
  const url = new URL(request.url ?? '', 'http://git');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const lines = all.subarray(0, end).toString().split('\r\n');
    let status = 200;
    for (const line of lines) {
      const [name = '', value = ''] = line.split(/:\s*/, 2);
      if (name === 'Status') status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status).end(all.subarray(end + 4));
  });
}

beforeAll(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'driftguard-git-test-'));
  mkdirSync(path.join(root, 'work'));
  git('init', '-q', '-b', 'main');
  first = commit('states/prod.tfstate', '{"serial":1}');
  git('tag', '-a', 'v1', '-m', 'v1');
  commit('states/prod.tfstate', '{"serial":2}');
  commit('states/dev.tfstate', '{"serial":3}');
  commit('readme.md', 'no state');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  execFileSync('git', [
    'clone',
    '-q',
    '--bare',
    path.join(root, 'work'),
    path.join(root, 'infra.git'),
  ]);
  execFileSync('git', [
    '-C',
    path.join(root, 'infra.git'),
    'config',
    'uploadpack.allowAnySHA1InWant',
    'true',
  ]);
  const server = await serve(backend);
  ({ host, close } = server);
});
afterAll(async () => {
  await close();
  rmSync(root, { recursive: true, force: true });
});

const read = (rest: string, token = 'pat-1') =>
  readAll(`git::http://${host}/infra.git${rest}`, { token });

describe('a Git repository', () => {
  it.each([
    ['a branch', 'ref=main', '{"serial":2}'],
    ['its own branch', '', '{"serial":2}'],
    ['an annotated tag', 'ref=v1', '{"serial":1}'],
  ])('is read at %s', async (_case, query, content) => {
    const [document] = await read(`//states/prod.tfstate?${query}`);
    expect(document).toMatchObject({
      name: `git::http://${host}/infra.git//states/prod.tfstate`,
      content,
      named: true,
    });
    expect(document?.version).toMatch(/^[0-9a-f]{40}$/);
  });

  it('is read at a commit', async () => {
    const [document] = await read(`//states/prod.tfstate?ref=${first}`);
    expect(document).toMatchObject({ content: '{"serial":1}', version: first });
  });

  it('gives what looks like a state in a folder', async () => {
    const names = (await read('//states?ref=main')).map(({ name }) => name.split('//').at(-1));
    expect(names).toEqual(['states/dev.tfstate', 'states/prod.tfstate']);
    expect(await read('?ref=main')).toHaveLength(2);
  });

  it.each([
    ['//states/none.tfstate?ref=main', 'SOURCE.STATE_MISSING'],
    ['//states?ref=nowhere', 'SOURCE.STATE_MISSING'],
    ['//../../../etc/passwd?ref=main', 'SOURCE.STATE_MISSING'],
  ])('%s: %s', async (rest, code) => {
    await expect(read(rest)).rejects.toMatchObject({ code });
  });

  it('says that a token is not accepted', async () => {
    await expect(read('//states?ref=main', 'wrong')).rejects.toMatchObject({
      code: 'SOURCE.DENIED',
      message: expect.stringContaining('read access to the repository'),
    });
  });

  it('leaves nothing behind', async () => {
    await read('//states?ref=main');
    const left = await readdir(os.tmpdir());
    expect(
      left.filter((name) => name.startsWith('driftguard-git-') && !name.includes('test')),
    ).toEqual([]);
  });
});
