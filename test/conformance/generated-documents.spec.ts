import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderConfigurationGuide, renderEnvExample } from '../../src/core/config/index.js';

const root = path.resolve(import.meta.dirname, '../..');
const committed = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('generated documents', () => {
  it('.env.example has every variable of the configuration (npm run env:example)', () => {
    expect(committed('.env.example')).toBe(renderEnvExample());
  });

  it('docs/configuration.md says what the configuration does (npm run env:example)', () => {
    expect(committed('docs/configuration.md')).toBe(renderConfigurationGuide());
  });

  it('docs/errors.md has every error code (npm run errors:document)', () => {
    const script = path.join(root, 'scripts/errors-document.mjs');
    expect(() =>
      execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('docs/resource-types.md has every type of the catalogues (scripts/catalogues/resource-types.mjs)', () => {
    const script = path.join(root, 'scripts/catalogues/resource-types.mjs');
    expect(() =>
      execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});
