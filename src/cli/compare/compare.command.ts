import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { JsonValue } from '../../core/providers/index.js';
import { compareCase, readCase, UnreadableCase } from '../../modules/drifts/engine/index.js';
import { openKnowledge } from '../../modules/drifts/knowledge/knowledge-shelf.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { count, printable } from '../output/text.js';

export interface CompareArguments {
  /** JSON lines file, or `-` for standard input. */
  readonly cases: string;
  /** Null writes to standard output. */
  readonly out: string | null;
  readonly strict: boolean;
}

/**
 * Runs the engine on each line of a case file and writes one line each, in order, holding one case in memory at a time.
 * A case that cannot be read is reported with its line and does not stop the run; the exit code says so at the end.
 */
export async function runCompare(
  options: CompareArguments,
  context: CommandContext,
): Promise<ExitCode> {
  const knowledge = openKnowledge();
  const input = await openInput(options.cases);
  const output = options.out === null ? null : await openOutput(options.out);
  let line = 0;
  let compared = 0;
  let failed = 0;
  for await (const text of createInterface({
    input,
    crlfDelay: Infinity,
    signal: context.signal,
  })) {
    context.signal.throwIfAborted();
    line++;
    if (text.trim() === '') continue;
    try {
      const outcome = compareCase(readCase(parseLine(text)), knowledge, options.strict);
      await writeLine(output, context, JSON.stringify(outcome));
      compared++;
    } catch (error) {
      failed++;
      context.stderr.write(`${options.cases}:${line}: ${reason(error)}\n`);
    }
  }
  // An interrupted reader just ends.
  context.signal.throwIfAborted();
  if (output !== null) {
    output.end();
    await finished(output);
  }
  context.stderr.write(
    `${count(compared, 'case')} compared${failed === 0 ? '' : `, ${count(failed, 'case')} not readable`}\n`,
  );
  return failed === 0 ? EXIT.inSync : EXIT.error;
}

function parseLine(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new UnreadableCase(`not JSON: ${(error as Error).message}`);
  }
}

function reason(error: unknown): string {
  if (error instanceof UnreadableCase) return printable(error.message);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `the engine failed on this case, please report it: ${text}`;
}

async function openInput(name: string): Promise<Readable> {
  if (name === '-') return process.stdin;
  const stream = createReadStream(name);
  await once(stream, 'open').catch((error: unknown) => {
    throw usageError(`${name} cannot be read: ${(error as Error).message}`);
  });
  return stream;
}

async function openOutput(name: string): Promise<Writable> {
  const stream = createWriteStream(name);
  await once(stream, 'open').catch((error: unknown) => {
    throw usageError(`${name} cannot be written: ${(error as Error).message}`);
  });
  return stream;
}

async function writeLine(
  output: Writable | null,
  context: CommandContext,
  line: string,
): Promise<void> {
  if (output === null) context.stdout.write(`${line}\n`);
  else if (!output.write(`${line}\n`)) await once(output, 'drain');
}
