// Installs and builds what is missing, nothing else: the first step of every CI job.
import { prepare } from './install/prepare.mjs';
import { runMain } from './install/terminal.mjs';

await runMain(async () => {
  await prepare();
  return 0;
});
