import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readState } from '../read-state.js';
import { GitServer } from './smart-http.js';

const run = promisify(execFile);
const MANIFEST = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { value: ${value} }\n`;

describe('a repository behind the HTTP backend of git', () => {
  let folder: string;
  let server: GitServer;
  const commits: string[] = [];

  const git = async (...args: string[]): Promise<string> => {
    const work = path.join(folder, 'work');
    const identity = ['-c', 'user.name=peer', '-c', 'user.email=peer@example.com'];
    const { stdout } = await run('git', [...identity, ...args], { cwd: work });
    return stdout.trim();
  };
  const commit = async (value: string): Promise<void> => {
    await writeFile(path.join(folder, 'work/deploy/app.yaml'), MANIFEST(value));
    await git('add', '.');
    await git('commit', '-qm', value);
    commits.push(await git('rev-parse', 'HEAD'));
  };
  const read = (inside: string, credentials = { username: 'ci', password: 'right' }) =>
    readState(`git::${server.url}/app.git${inside}`, { credentials });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-git-peer-'));
    await mkdir(path.join(folder, 'work/deploy'), { recursive: true });
    await git('init', '-q', '-b', 'main');
    await writeFile(path.join(folder, 'work/README.md'), 'no manifest');
    await commit('one');
    await git('tag', '-a', 'v1', '-m', 'first');
    await git('branch', 'release');
    await commit('two');
    await run('git', ['clone', '-q', '--bare', 'work', 'app.git'], { cwd: folder });
    server = await GitServer.start(folder, 'ci', 'right');
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['the default branch', '//deploy', 'two', 1],
    ['a branch', '//deploy?ref=release', 'one', 0],
    ['an annotated tag', '//deploy/app.yaml?ref=v1', 'one', 0],
  ])('is read at %s', async (_what, inside, value, commitIndex) => {
    const documents = await read(inside);
    expect(documents).toMatchObject([{ text: MANIFEST(value), version: commits[commitIndex] }]);
  });

  it('is read at a commit', async () => {
    expect(await read(`//deploy?ref=${String(commits[1])}`)).toMatchObject([
      { text: MANIFEST('two') },
    ]);
  });

  it.each([
    ['branch', '//deploy?ref=none'],
    ['path', '//nowhere'],
  ])('says that there is no such %s', async (_what, inside) => {
    await expect(read(inside)).rejects.toMatchObject({ failure: 'missing' });
  });

  it('says that a wrong password is denied', async () => {
    await expect(read('//deploy', { username: 'ci', password: 'wrong' })).rejects.toMatchObject({
      failure: 'denied',
    });
  });
});
