import { type Command, CommanderError } from 'commander';
import { createCommandContext, type Surroundings } from './command-context.js';
import { writeError } from './errors.js';
import { EXIT } from './exit-codes.js';
import { Interrupted, interruptible } from './interruption.js';
import { createTerminal } from './output/terminal.js';
import { createProgram } from './program.js';

/** Parses and runs one command line; answers the exit code and never throws. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.inSync;
  const program = createProgram(async (globals, command) => {
    exitCode = await interruptible((signal) =>
      command(createCommandContext(surroundings, signal, globals)),
    );
  });
  for (const command of withSubcommands(program)) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written its message; its own code for a mistake is 1, which here means drift.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.inSync : EXIT.error;
    if (error instanceof Interrupted) return error.exitCode;
    const color = program.opts<{ color: boolean }>().color;
    writeError(createTerminal(surroundings.stderr, surroundings.env, { color }), error);
    return EXIT.error;
  }
}

/** A setting of a command is not one of those below it. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
