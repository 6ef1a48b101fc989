import path from 'node:path';
import type { SourceDocument } from '../../core/providers/index.js';
import { type EdgeDocument, removeSecrets } from '../../modules/iac/edge/remove-secrets.js';
import { fileDocument } from '../../modules/iac/sources/file-document.js';
import type { CommandContext } from '../command-context.js';
import { count, printable } from '../output/text.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { PushOptions } from './push-options.js';
import { type PushAnswer, sendContent } from './push-request.js';
import { pushTarget } from './push-target.js';

/** Reads, removes secrets, sends. The result goes to standard output, what to know about it to standard error. */
export async function runPush(options: PushOptions, context: CommandContext): Promise<ExitCode> {
  // A missing key is told before a large file is read.
  const target = options.dryRun ? null : pushTarget(options, context);
  const { stdout, stderr, signal } = context;
  const source = documentOf(options.file, context);
  const edge = await removeSecrets(source, { kind: options.kind, keys: options.remove }, signal);
  sayWhatStays(edge, context);
  if (target === null) {
    stdout.write(edge.content.toString('utf8'));
    return EXIT.inSync;
  }
  const { content } = edge;
  const onRetry = (why: string): void => stderr.write(`${why} Trying again.\n`);
  const answer = await sendContent(
    { ...target, content, allowOlder: options.allowOlder, onRetry },
    signal,
  );
  for (const { level, code, message } of answer.notices) {
    stderr.write(`${printable(`${level}: ${message} (${code})`)}\n`);
  }
  stdout.write(options.format === 'json' ? asJson(answer, edge) : asText(source.name, answer));
  return EXIT.inSync;
}

function documentOf(file: string, { workingDirectory, stdin }: CommandContext): SourceDocument {
  if (file === '-') {
    return { name: 'standard input', size: null, open: () => Promise.resolve(stdin()) };
  }
  return fileDocument(path.resolve(workingDirectory, file), { shownAs: file });
}

function sayWhatStays({ removed, leftOut }: EdgeDocument, { stderr }: CommandContext): void {
  stderr.write(`removed ${count(removed, 'secret value')}\n`);
  for (const address of leftOut) {
    stderr.write(
      `warning: ${printable(address)} is left out, because what it is known by is secret.\n`,
    );
  }
}

function asText(name: string, { source, resources, changed }: PushAnswer): string {
  const size = count(resources, 'resource');
  const where = printable(`${source.name} (${source.environment_name})`);
  return changed
    ? `pushed ${name} to ${where}: ${size}\n`
    : `unchanged: ${where} has this content already, ${size}\n`;
}

function asJson({ source, resources, changed, notices }: PushAnswer, edge: EdgeDocument): string {
  const { removed, leftOut } = edge;
  const { id: source_id } = source;
  const bytes = edge.content.length;
  return `${JSON.stringify({ source_id, changed, resources, bytes, removed, left_out: leftOut, notices }, null, 2)}\n`;
}
