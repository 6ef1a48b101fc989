import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IgnoreRule } from '../../modules/drifts/engine/index.js';
import { readCodeFolder, readIgnoreFile } from '../../modules/drifts/ignore-rules/index.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { count, printable } from '../output/text.js';
import type { ScanOptions } from './scan-options.js';

/** Looked for in the working directory. */
const FOUND_BY_THEMSELVES = ['.driftignore', '.tfdriftignore', 'driftguard-ignore.yaml'];

/**
 * The ignore rules of a scan: the named files, those of the working directory (said on stderr, so that nothing is silenced in
 * secret), and `lifecycle.ignore_changes` of the code.
 * @throws DomainError when a file is missing or cannot be meant as it stands
 */
export async function readIgnoreRules(
  { ignoreFiles, code }: ScanOptions,
  context: CommandContext,
): Promise<IgnoreRule[]> {
  const rules: IgnoreRule[] = [];
  const folder = context.workingDirectory;
  const named = new Set(ignoreFiles.map((file) => path.resolve(folder, file)));
  for (const name of FOUND_BY_THEMSELVES) {
    const file = path.join(folder, name);
    if (named.has(file)) continue;
    const content = await readFile(file, 'utf8').catch(() => null);
    if (content === null) continue;
    const found = readIgnoreFile(content, name);
    context.stderr.write(`${count(found.length, 'ignore rule')} from ${printable(name)}\n`);
    rules.push(...found);
  }
  for (const file of ignoreFiles) {
    const content = await readFile(path.resolve(folder, file), 'utf8').catch(() => {
      throw usageError(`--ignore-file ${file} cannot be read. Check the path.`);
    });
    rules.push(...readIgnoreFile(content, file));
  }
  for (const root of code) {
    const found = await readCodeFolder(path.resolve(folder, root));
    context.stderr.write(
      `${count(found.length, 'lifecycle.ignore_changes block')} in ${printable(root)}\n`,
    );
    rules.push(...found);
  }
  return rules;
}
