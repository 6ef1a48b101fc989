import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './prepare.mjs';
import { runInForeground } from './run.mjs';
import { SetupError } from './terminal.mjs';

/** Runs Jest in this terminal and answers its exit code and what it counted. */
export async function runJest(node, args, options = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-test-result-'));
  const resultFile = path.join(folder, 'result.json');
  try {
    const code = await runInForeground(
      node,
      [
        '--experimental-vm-modules',
        '--no-warnings=ExperimentalWarning',
        path.join(ROOT, 'node_modules/jest/bin/jest.js'),
        '--json',
        `--outputFile=${resultFile}`,
        ...args,
      ],
      { cwd: ROOT, ...options },
    );
    const { passed, failed } = readCounts(resultFile);
    return { code: failed > 0 && code === 0 ? 1 : code, passed, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that could not run at all has no tests to count: it counts as one failure. */
function readCounts(file) {
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new SetupError('Jest ended without a result, see above.\n0 passed, 1 failed');
  }
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
  };
}

/** Prints what several runs counted together, on the line other programs read, and answers the worst exit code. */
export function conclude(runs) {
  const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return Math.max(0, ...runs.map(({ code }) => code));
}
