import { runCli } from './cli/run-cli.js';

// The reader of a pipe (`| head`) may leave early: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(141);
});

process.exitCode = await runCli(process.argv.slice(2), process);
