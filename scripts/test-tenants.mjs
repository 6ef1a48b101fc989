// `npm run test:tenants -- --requests 100000 --seed 7`: random requests of two organizations over the whole API; see
// test/conformance/random-tenants.spec.ts, which the gate runs with 2,000.
import { parseArgs } from 'node:util';
import { conclude, runJest } from './install/jest.mjs';
import { prepare } from './install/prepare.mjs';
import { runMain } from './install/terminal.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const node = await prepare();
  const env = { ...process.env, TENANT_REQUESTS: values.requests, TENANT_SEED: values.seed };
  const args = ['test/conformance/random-tenants.spec.ts', '--selectProjects', 'conformance'];
  return conclude([await runJest(node, args, { env })]);
});
