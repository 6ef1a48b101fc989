import { readFileSync, writeFileSync } from 'node:fs';
import { renderConfigurationGuide, renderEnvExample } from './core/config/index.js';

const documents = [
  { path: '.env.example', text: renderEnvExample() },
  { path: 'docs/configuration.md', text: renderConfigurationGuide() },
];
const onlyCheck = process.argv.includes('--check');

for (const { path, text } of documents) {
  if (!onlyCheck) {
    writeFileSync(path, text);
    process.stdout.write(`wrote ${path}\n`);
  } else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${path} is not what the code says; run \`npm run env:example\`\n`);
    process.exitCode = 1;
  }
}
