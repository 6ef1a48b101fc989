// `npm test`: installs and builds what is missing, then runs every Jest project against a real PostgreSQL and a real Redis of
// its own. Arguments are passed on to Jest: npm test -- src/cli
import { conclude, runJest } from './install/jest.mjs';
import { prepare } from './install/prepare.mjs';
import { runMain } from './install/terminal.mjs';

const PROJECTS = ['small', 'medium', 'conformance', 'e2e'];

await runMain(async () => {
  const node = await prepare();
  const args = process.argv.slice(2);
  if (args.includes('--selectProjects')) return conclude([await runJest(node, args)]);
  const runs = [];
  // A process each: modules are loaded anew for every file, and one process would not hold them all.
  for (const project of PROJECTS) {
    // Last, because it takes every name that follows. A path may be in one project only.
    const own = [...args, '--passWithNoTests', '--selectProjects', project];
    runs.push(await runJest(node, own));
  }
  return conclude(runs);
});
