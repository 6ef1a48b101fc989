// `npm audit` of what ships, with its two failures told apart: vulnerabilities that were found end this with 1; a registry that does
// not answer the question ends it with 0 and says plainly that nothing was checked (`--require` makes that a failure too).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LEVELS = ['high', 'critical'];

/**
 * What a run of `npm audit --json` said.
 *
 * @param {string} text its standard output
 * @returns {{ kind: 'clean' | 'vulnerable' | 'unanswered', lines: string[] }}
 */
export function readAudit(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return unanswered('npm wrote no report');
  }
  const counts = report?.metadata?.vulnerabilities;
  if (counts === undefined || counts === null) {
    const { summary, detail } = report?.error ?? {};
    return unanswered(summary || detail || report?.message || 'the report has no result');
  }
  const found = Object.values(report.vulnerabilities ?? {}).filter((one) =>
    LEVELS.includes(one.severity),
  );
  // npm counts what it lists; a count without a list is taken as it stands.
  const amount = LEVELS.reduce((sum, level) => sum + (counts[level] ?? 0), 0);
  if (amount === 0 && found.length === 0) return { kind: 'clean', lines: [] };
  return {
    kind: 'vulnerable',
    lines: found.map(({ name, severity, range, via }) => {
      const why = (via ?? []).map((one) => one.title ?? one).join('; ');
      return `${severity}  ${name} ${range}  ${why}`;
    }),
  };
}

function unanswered(reason) {
  return { kind: 'unanswered', lines: [String(reason).split('\n')[0].slice(0, 300)] };
}

function main() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['audit', '--omit', 'dev', '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const { kind, lines } = readAudit(run.stdout ?? '');
  const details = lines.map((line) => `  ${line}\n`).join('');
  if (kind === 'clean') {
    process.stdout.write('No vulnerability of level high or critical is known in what ships.\n');
  } else if (kind === 'vulnerable') {
    process.stdout.write(`Vulnerabilities in what ships:\n${details}`);
    process.exitCode = 1;
  } else {
    process.stdout.write(
      `NOT CHECKED: the registry does not answer \`npm audit\`.\n${details}Nothing is known about vulnerabilities; run it where the registry has advisories.\n`,
    );
    if (process.argv.includes('--require')) process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
