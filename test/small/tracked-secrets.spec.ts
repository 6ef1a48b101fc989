import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LARGEST_BYTES = 4 * 1024 * 1024;

/** Forms that providers publish for their own keys, so a hit is a key and no coincidence. */
const KEYS: Readonly<Record<string, RegExp>> = {
  'private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*\n[A-Za-z0-9+/=\s]{100,}/,
  'AWS access key': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  'Google API key': /\bAIza[0-9A-Za-z_-]{35}\b/,
  'GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b/,
  'GitLab token': /\bglpat-[\w-]{20,}\b/,
  'DriftGuard API key': /\bdg_[0-9A-Za-z]{93}\b/,
  'Slack token': /\bxox[abprs]-\d{10,}-[\w-]{10,}/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'Stripe key': /\b[rs]k_live_[A-Za-z0-9]{20,}/,
};
/** Examples that say so. */
const EXAMPLES = [/EXAMPLE/, /^AKIA(\d)\1{15}$/];

export function keysIn(text: string): string[] {
  return Object.entries(KEYS).flatMap(([name, pattern]) =>
    [...text.matchAll(new RegExp(pattern, 'g'))]
      .filter(([found]) => !EXAMPLES.some((example) => example.test(found)))
      .map(() => name),
  );
}

describe('tracked files', () => {
  it('have no key of a provider in them', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
    const found = files.split('\0').flatMap((name) => {
      const file = path.join(ROOT, name);
      if (name === '' || !statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
      if (statSync(file).size > LARGEST_BYTES) return [];
      return keysIn(readFileSync(file, 'latin1')).map((kind) => `${name}: ${kind}`);
    });
    expect(found).toEqual([]);
  });

  it('would not hide one', () => {
    const line = 'A'.repeat(64);
    expect(keysIn(`-----BEGIN PRIVATE KEY-----\n${line}\n${line}\n`)).toEqual(['private key']);
    expect(keysIn(['AKIA', 'QYLPMN5HHHFPZAM2'].join(''))).toEqual(['AWS access key']);
    expect(keysIn(['ghp', 'a'.repeat(36)].join('_'))).toEqual(['GitHub token']);
    expect(keysIn('AKIAEXAMPLEEXAMPLE00')).toEqual([]);
  });
});
