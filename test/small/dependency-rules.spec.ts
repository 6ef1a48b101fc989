import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
const DEPCRUISE = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** One wrong import per rule: [rule, file with the import, what it imports]. */
const WRONG: [rule: string, from: string, to: string][] = [
  ['core-stands-alone', 'src/core/audit/a.ts', 'src/modules/drifts/index.ts'],
  [
    'services-implement-contracts-only',
    'src/services/aws/a.ts',
    'src/modules/environments/index.ts',
  ],
  ['services-implement-contracts-only', 'src/services/aws/a.ts', 'src/services/gcp/b.ts'],
  ['modules-know-no-vendor', 'src/modules/drifts/a.ts', 'src/services/aws/b.ts'],
  ['enter-a-module-by-its-index', 'src/modules/drifts/a.ts', 'src/modules/iac/inside.ts'],
  ['order-after-organizations', 'src/modules/organizations/a.ts', 'src/modules/drifts/index.ts'],
  ['order-after-iac', 'src/modules/iac/a.ts', 'src/modules/notifications/index.ts'],
  ['engine-is-pure', 'src/modules/drifts/engine/a.ts', 'src/core/database/b.ts'],
  ['product-never-imports-sandbox', 'src/modules/drifts/a.ts', 'sandbox/aws/b.ts'],
  ['sandbox-never-imports-product', 'sandbox/aws/a.ts', 'src/core/errors/b.ts'],
];

describe('dependency rules', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-rules-'));
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      copyFileSync(path.join(root, name), path.join(folder, name));
    }
    for (const name of ['src', 'sandbox']) mkdirSync(path.join(folder, name));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function plant(from: string, to: string): void {
    write(to, 'export const found = 1;\n');
    const target = path.relative(path.dirname(from), to).replace(/\.ts$/, '.js');
    const specifier = target.startsWith('.') ? target : `./${target}`;
    write(from, `import { found } from '${specifier}';\nexport const used = found;\n`);
  }

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }

  function violations(): { status: number | null; rules: string[] } {
    const args = [DEPCRUISE, '--config', '.dependency-cruiser.cjs', 'src', 'sandbox'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return {
      status,
      rules: [...stdout.matchAll(/error ([\w-]+):/g)].map(([, rule]) => rule ?? ''),
    };
  }

  it.each(WRONG)('%s: %s must not import %s', (rule, from, to) => {
    plant(from, to);
    const { status, rules } = violations();
    expect(status).not.toBe(0);
    expect(rules).toContain(rule);
  });

  it('no-circular: two files must not need each other', () => {
    plant('src/core/a.ts', 'src/core/b.ts');
    write('src/core/b.ts', "import { used } from './a.js';\nexport const found = () => used;\n");
    expect(violations().rules).toContain('no-circular');
  });

  it('allow what the architecture draws', () => {
    plant('src/modules/drifts/a.ts', 'src/modules/iac/index.ts');
    plant('src/services/aws/a.ts', 'src/core/providers/b.ts');
    expect(violations()).toEqual({ status: 0, rules: [] });
  });
});
