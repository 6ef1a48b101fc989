// `npm test`: installs and builds what is missing, then runs every Jest project against a real PostgreSQL and a real Redis of
// their own. Arguments are passed on to Jest: npm test -- src/cli
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepare, ROOT } from './install/prepare.mjs';
import { runInForeground } from './install/run.mjs';
import { runMain, SetupError } from './install/terminal.mjs';

const PROJECTS = ['small', 'medium', 'conformance', 'e2e'];

await runMain(async () => {
  const node = await prepare();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-test-result-'));
  const resultFile = path.join(folder, 'result.json');
  try {
    const args = process.argv.slice(2);
    const code = await runInForeground(
      node,
      [
        '--experimental-vm-modules',
        '--no-warnings=ExperimentalWarning',
        path.join(ROOT, 'node_modules/jest/bin/jest.js'),
        '--json',
        `--outputFile=${resultFile}`,
        ...args,
        // Last, because it takes every name that follows.
        ...(args.includes('--selectProjects') ? [] : ['--selectProjects', ...PROJECTS]),
      ],
      { cwd: ROOT },
    );
    const { passed, failed } = readCounts(resultFile);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
    return failed > 0 && code === 0 ? 1 : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

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
