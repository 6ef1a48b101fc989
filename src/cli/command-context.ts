import { createTerminal, type OutputStream, type Terminal } from './output/terminal.js';

/** What a command may touch of the outside: streams, environment, cancellation. Tests bring their own. */
export interface CommandContext {
  /** Results only, so that it can be piped. */
  readonly stdout: Terminal;
  /** Progress, notices, errors. */
  readonly stderr: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** The part of `process` a command line runs in. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
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
    environment: env,
    workingDirectory: surroundings.cwd(),
    signal,
  };
}
