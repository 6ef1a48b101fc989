// `npm start`: installs and builds what is missing, then runs `driftguard up`. Uses nothing but Node itself (20 or newer),
// because it runs before anything is installed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, ROOT } from './install/prepare.mjs';
import { runInForeground } from './install/run.mjs';
import { runMain } from './install/terminal.mjs';

const HELP = `Usage: npm start -- [options]

Installs what is missing, starts DriftGuard with its own PostgreSQL and Redis, loads an example estate and scans it.
Stays in the foreground until Ctrl-C.

Options:
  --port <number>      port of the API (default: 8000)
  --data-dir <folder>  where everything is kept (default: .driftguard)
  --no-example         start empty, without the example estate
  --once               scan, print the result and exit: 0 in sync, 1 drift, 2 error, 3 partial coverage
  --help               this text

Examples:
  npm start
  npm start -- --once
  npm start -- --port 8080 --data-dir /var/lib/driftguard
`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  process.stderr.write(`DriftGuard ${version}\n`);
  const node = await prepare();
  return runInForeground(node, [path.join(ROOT, 'dist/src/cli.js'), 'up', ...args]);
});
