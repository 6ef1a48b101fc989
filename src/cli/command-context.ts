import type { Readable } from 'node:stream';
import { createTerminal, type OutputStream, type Terminal } from './output/terminal.js';

/** What a command may touch of the outside: streams, environment, cancellation. Tests bring their own. */
export interface CommandContext {
  /** Results only, so that it can be piped. */
  readonly stdout: Terminal;
  /** Progress, notices, errors. */
  readonly stderr: Terminal;
  /** Asked only by who reads it: the process would wait for it. */
  stdin(): Readable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** The part of `process` a command line runs in. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin?: Readable;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

export function createCommandContext(
  surroundings: Surroundings,
  signal: AbortSignal,
  options: { readonly color?: boolean },
): CommandContext {
  const { stdout, stderr, env } = surroundings;
  return {
    stdout: createTerminal(stdout, env, options),
    stderr: createTerminal(stderr, env, options),
    stdin: () => surroundings.stdin ?? process.stdin,
    environment: env,
    workingDirectory: surroundings.cwd(),
    signal,
  };
}
