import type { CommandContext } from '../command-context.js';
import { renderScan } from '../output/render-scan.js';
import { printable } from '../output/text.js';
import type { EnvironmentResult } from './scan-environments.js';
import type { SetUpReport } from './set-up-report.js';

/** Who may log in: the password on the very first start, afterwards where to get a new one. */
export function writeWelcome(
  { stderr }: CommandContext,
  { username, password }: SetUpReport['administrator'],
): void {
  stderr.write(
    password === null
      ? `Log in as ${stderr.paint('bold', username)} with the password you chose (forgotten: driftguard reset-password ${username})\n`
      : `Log in as ${stderr.paint('bold', username)} with the password ${stderr.paint('bold', password)}\n` +
          '  It is shown this once, and has to be changed at the first login.\n',
  );
}

export function writeMovedCluster({ stderr }: CommandContext, folder: string): void {
  stderr.write(
    `PostgreSQL keeps its files in ${folder}: its own user cannot enter the data directory.\n`,
  );
}

/** One table per environment. */
export function writeResults(
  { stdout }: CommandContext,
  results: readonly EnvironmentResult[],
): void {
  for (const { environment, scan, result } of results) {
    stdout.write(`\n${stdout.paint('bold', printable(environment.name))}\n`);
    if (result !== null) stdout.write(renderScan(result, stdout));
    else stdout.write(`${stdout.paint('red', `The scan ${scan.status}`)}\n`);
    // A scan with results may still have lost a source.
    for (const { code, message } of scan.problems) {
      stdout.write(`  ${stdout.paint('red', 'problem:')} ${printable(`${message} (${code})`)}\n`);
    }
  }
  if (results.length === 0) {
    stdout.write(
      '\nNo environment yet: create one with POST /api/v1/environments, see the API docs.\n',
    );
  }
}

export function writeAccess({ stdout }: CommandContext, base: string): void {
  const rows = [
    ['API', `${base}/api/v1`],
    ['Docs', `${base}/docs`],
    ['Metrics', `${base}/metrics`],
  ] as const;
  stdout.write('\n');
  for (const [name, address] of rows) stdout.write(`  ${name.padEnd(8)} ${address}\n`);
  stdout.write(`\n${stdout.paint('dim', 'Ctrl-C stops everything; the data stays.')}\n`);
}
