import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { absentFromInventory } from './absent-from-inventory.js';

const code: Setting = { declaredFormat: 'terraform-hcl-json', actualFormat: 'gcp-cai' };

describe('absent-from-inventory', () => {
  it('is not certain of a field that code alone has', () => {
    expect(ruleOn(absentFromInventory, 'ALLOW_ALL', undefined, code)).toBe('differs');
  });

  it('leaves it to the walk where the code was applied, in the user’s own maps, and where a value is there', () => {
    const applied: Setting = { ...code, declaredParent: { id: 'projects/shop/topics/a' } };
    expect(ruleOn(absentFromInventory, 'on', undefined, applied)).toBe('silent');
    const label: Setting = { ...code, facts: { extras: 'confirmed' } };
    expect(ruleOn(absentFromInventory, 'shop', undefined, label)).toBe('silent');
    expect(ruleOn(absentFromInventory, 'on', 'off', code)).toBe('silent');
  });
});
