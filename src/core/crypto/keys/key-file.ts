import { randomBytes } from 'node:crypto';
import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { unusableKeyFile } from './key-errors.js';

const FORMAT = 'driftguard-keys-1';
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const SECRET_BYTES = 32;
const SHORTEST_SECRET = 32;

export interface KeyFileEntry {
  readonly version: number;
  readonly created_at: string;
  /** Its secret stays, so that a backup from before can be read; delete the entry when no such backup is left. */
  readonly retired_at: string | null;
  readonly secret: string;
}

/** What the file holds. `hash_key` keys the hashes of sensitive values and outlives every rotation. */
export interface KeyFile {
  readonly format: typeof FORMAT;
  readonly hash_key: string;
  readonly keys: readonly KeyFileEntry[];
}

/** Says whether the file is still the one that was read. */
export interface KeyFileMark {
  readonly inode: number;
  readonly changed: number;
  readonly size: number;
}

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export function newKeyFile(now: Date, from?: Partial<Pick<KeyFile, 'hash_key' | 'keys'>>): KeyFile {
  const first = { version: 1, created_at: now.toISOString(), retired_at: null };
  return {
    format: FORMAT,
    hash_key: from?.hash_key ?? newSecret(),
    keys: from?.keys ?? [{ ...first, secret: newSecret() }],
  };
}

/** @throws DomainError `CRYPTO.KEY_FILE` when it is missing or others than its owner may touch it */
export async function markOf(file: string): Promise<KeyFileMark> {
  const found = await stat(file).catch((cause: unknown) => {
    throw unusableKeyFile(file, 'it cannot be read', cause);
  });
  if (!found.isFile()) throw unusableKeyFile(file, 'it is not a file');
  const mode = found.mode & 0o777;
  if ((mode & OTHERS) !== 0) {
    const shown = mode.toString(8).padStart(4, '0');
    throw unusableKeyFile(
      file,
      `its permissions are ${shown}, so others than its owner can touch it. Run: chmod 600 ${file}`,
    );
  }
  return { inode: found.ino, changed: found.mtimeMs, size: found.size };
}

/** @throws DomainError `CRYPTO.KEY_FILE`, never with a part of the content */
export async function readKeyFile(file: string): Promise<KeyFile> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unusableKeyFile(file, 'it cannot be read', cause);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message repeats a part of the text.
    throw unusableKeyFile(file, 'it is not JSON');
  }
  if (!isKeyFile(content)) throw unusableKeyFile(file, `it is not of the format ${FORMAT}`);
  const versions = content.keys.map(({ version }) => version);
  if (new Set(versions).size < versions.length)
    throw unusableKeyFile(file, 'a version stands there twice');
  const newest = content.keys.find(({ version }) => version === Math.max(...versions));
  if (newest?.retired_at !== null)
    throw unusableKeyFile(file, 'it has no key that is not retired, or the newest is');
  return content;
}

/** Replaces the file in one step, on disk before it answers: a reader never sees half of it, nor does one after a power cut. */
export async function writeKeyFile(file: string, content: KeyFile): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  const owner = await stat(file).catch(() => null);
  try {
    await writeDurably(next, content);
    // The service must still be able to read what an administrator wrote.
    if (owner !== null && process.getuid?.() === 0) await chown(next, owner.uid, owner.gid);
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true });
    throw unusableKeyFile(file, 'it cannot be written', cause);
  }
  const folder = await open(path.dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}

/** Makes the file; never replaces one. */
export async function createKeyFile(file: string, content: KeyFile): Promise<void> {
  try {
    await writeDurably(file, content);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw unusableKeyFile(file, exists ? 'it exists already' : 'it cannot be written', cause);
  }
}

async function writeDurably(file: string, content: KeyFile): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.chmod(OWNER_ONLY);
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false;
  const { format, hash_key, keys } = value as Record<string, unknown>;
  return format === FORMAT && isSecret(hash_key) && Array.isArray(keys) && keys.every(isEntry);
}

function isEntry(value: unknown): value is KeyFileEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { version, created_at, retired_at, secret } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(version) &&
    Number(version) > 0 &&
    isDate(created_at) &&
    (retired_at === null || isDate(retired_at)) &&
    isSecret(secret)
  );
}

const isSecret = (value: unknown): boolean =>
  typeof value === 'string' && value.length >= SHORTEST_SECRET;
const isDate = (value: unknown): boolean =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));
