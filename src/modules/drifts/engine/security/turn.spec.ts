import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../../core/providers/index.js';
import { senseOf } from '../testing/sense-of.js';

describe('settings inside a finding', () => {
  it('are judged inside blocks, lists and text that holds JSON', () => {
    const block = (acl: boolean) => ({ a: [{ block_public_acls: acl, name: 'x' }] });
    expect(senseOf('config', block(true), block(false))).toBe('weakened:critical');
    expect(senseOf('config', JSON.stringify(block(true)), JSON.stringify(block(false)))).toBe(
      'weakened:critical',
    );
  });

  it('are no news where a list only changed its order', () => {
    const [one, two] = [{ privileged: true }, { privileged: false }];
    expect(senseOf('containers', [one, two], [two, one])).toBe('neutral');
  });

  it('let one weakened setting outweigh strengthened ones', () => {
    const before = { encrypted: true, versioning: { enabled: false }, mfa_delete: false };
    const after = { encrypted: false, versioning: { enabled: true }, mfa_delete: true };
    expect(senseOf('config', before, after)).toBe('weakened:high');
  });

  it('survive hostile values', () => {
    let deep: JsonValue = 'x';
    for (let depth = 0; depth < 5000; depth++) deep = { log: deep };
    expect(senseOf('a', 'b', deep)).toBe('neutral');
    expect(senseOf('LOG'.repeat(300_000), 'b', 'c')).toBe('neutral');
    expect(senseOf('A'.repeat(500_000), true, false)).toBe('neutral');
    const many = Array.from({ length: 30_000 }, (_, id) => ({ id, privileged: true }));
    expect(senseOf('containers', [], many)).toBe('neutral');
  });
});
