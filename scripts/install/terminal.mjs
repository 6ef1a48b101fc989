// What people see while things are installed: one line a step, nothing else unless it fails.

/** An expected failure: what is wrong and what to do; shown without a stack. */
export class SetupError extends Error {}

/** Runs `work`, printing `label … done in 3 s` on one line. */
export async function step(label, work, output = process.stderr) {
  output.write(`  ${label} …`);
  const started = performance.now();
  try {
    const result = await work();
    const seconds = (performance.now() - started) / 1000;
    output.write(` done${seconds >= 1 ? ` in ${Math.round(seconds)} s` : ''}\n`);
    return result;
  } catch (error) {
    output.write(' failed\n');
    throw error;
  }
}

/** Runs a script's main function; an expected failure ends it with code 2 and a message, a bug with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(
      error instanceof SetupError ? `\n${error.message}\n` : `\n${error.stack ?? error}\n`,
    );
    process.exitCode = 2;
  }
}
