import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';

/** Writes a file only we can read; a reader never sees half of it. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  await writeFile(next, content, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, file);
}

/** The secret kept in `file`, made on first use: 256 random bits, safe in URLs and configuration files. */
export async function keptSecret(file: string): Promise<string> {
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  const secret = randomBytes(32).toString('base64url');
  await writePrivateFile(file, `${secret}\n`);
  return secret;
}
