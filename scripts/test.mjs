// `npm test`: installs and builds what is missing, then runs every Jest project against a real PostgreSQL and a real Redis of
// their own. Arguments are passed on to Jest: npm test -- src/cli
import { runJest } from './install/jest.mjs';
import { prepare } from './install/prepare.mjs';
import { runMain } from './install/terminal.mjs';

const PROJECTS = ['small', 'medium', 'conformance', 'e2e'];

await runMain(async () => {
  const node = await prepare();
  const args = process.argv.slice(2);
  // Last, because it takes every name that follows.
  const projects = args.includes('--selectProjects') ? [] : ['--selectProjects', ...PROJECTS];
  return runJest(node, [...args, ...projects]);
});
