import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileDocument } from './file-document.js';
import { localDocuments } from './local-documents.js';

let root: string;
const signal = new AbortController().signal;

async function names(location: string, shownAs?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { document, named } of localDocuments(location, shownAs)) {
    found.push(`${path.relative(root, document.name)}${named ? ' (named)' : ''}`);
  }
  return found;
}

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'driftguard-sources-'));
  const files = [
    'b.tfstate',
    'b.tfstate.backup',
    'a/z.yaml',
    'a/template.json',
    'a/notes.txt',
    '.terraform/terraform.tfstate',
    '.github/workflow.yml',
    'env/terraform.tfstate.d/prod/terraform.tfstate',
  ];
  for (const file of files) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), file);
  }
  await symlink(path.join(root, 'b.tfstate'), path.join(root, 'a/link.tfstate'));
  await symlink(path.join(root, 'a'), path.join(root, 'linked'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('localDocuments', () => {
  it('walks a folder in order, without links, backups and working folders', async () => {
    expect(await names(root)).toEqual([
      'a/template.json',
      'a/z.yaml',
      'b.tfstate',
      'env/terraform.tfstate.d/prod/terraform.tfstate',
    ]);
  });

  it('takes a pattern, and a file by its name', async () => {
    expect(await names(path.join(root, '**/*.tfstate'))).toEqual([
      'a/link.tfstate (named)',
      'b.tfstate (named)',
      'env/terraform.tfstate.d/prod/terraform.tfstate (named)',
    ]);
    expect(await names(path.join(root, 'a/notes.txt'))).toEqual(['a/notes.txt (named)']);
    expect(await names(path.join(root, 'a/link.tfstate'))).toEqual(['a/link.tfstate (named)']);
  });

  it('names documents as the user knows them', async () => {
    const shown = path.join(root, 'shown');
    expect(await names(path.join(root, 'a'), shown)).toEqual([
      'shown/template.json',
      'shown/z.yaml',
    ]);
  });

  it.each([
    ['nothing.tfstate', 'FILE_NOT_FOUND', /no such file/],
    ['*.none', 'NO_DOCUMENT', /no file matches/],
    ['env/terraform.tfstate.d/prod/../../..', 'NO_DOCUMENT', /no file in it ends in/],
  ])('says when there is nothing: %s', async (name, code, message) => {
    const location = name.endsWith('..') ? path.join(root, '.empty') : path.join(root, name);
    await mkdir(path.join(root, '.empty'), { recursive: true });
    await expect(names(location)).rejects.toMatchObject({
      code: `IAC.${code}`,
      message: expect.stringMatching(message),
    });
  });
});

describe('fileDocument', () => {
  it('reads the file', async () => {
    const stream = await fileDocument(path.join(root, 'b.tfstate')).open(signal);
    expect(await text(stream)).toBe('b.tfstate');
  });

  it.each([
    ['a', true, 'IS_DIRECTORY'],
    ['missing', true, 'FILE_NOT_FOUND'],
    ['b.tfstate/x', true, 'FILE_NOT_FOUND'],
    ['a/link.tfstate', false, 'SYMBOLIC_LINK'],
  ])('refuses %s (links followed: %s)', async (name, followLinks, code) => {
    const document = fileDocument(path.join(root, name), { shownAs: name, followLinks });
    await expect(document.open(signal)).rejects.toMatchObject({
      code: `IAC.${code}`,
      kind: 'invalid',
      details: { file: name },
    });
  });

  it('says when it may not read', async () => {
    const file = path.join(root, 'secret.tfstate');
    await writeFile(file, '');
    await chmod(file, 0);
    const outcome = await fileDocument(file)
      .open(signal)
      .catch((error: unknown) => error);
    // The superuser may read everything.
    if (process.getuid?.() !== 0) expect(outcome).toMatchObject({ code: 'IAC.FILE_FORBIDDEN' });
    else expect(outcome).not.toBeInstanceOf(Error);
  });
});
