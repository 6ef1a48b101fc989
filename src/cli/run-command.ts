import type { CommandContext } from './command-context.js';

export interface GlobalOptions {
  readonly color: boolean;
}

/** How a command is run: the command line only knows options, never what stands behind them. */
export type RunCommand = (
  globals: GlobalOptions,
  run: (context: CommandContext) => Promise<number>,
) => Promise<void>;
