import { describe, expect, it } from '@jest/globals';
import { newRecoveryCodes, readRecoveryCode, recoveryCodeHash } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten different ones that are read however they are typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(readRecoveryCode(code)).toBe(code);
      expect(readRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
    }
    expect(readRecoveryCode('oooo-iiii-llll-0000-OoOo-iLil')).toBe('0000-1111-1111-0000-0000-1111');
  });

  it('are not taken for what they are not', () => {
    const short = '7K2M-9QXT-04VB-HN3R-D3F6';
    for (const text of ['', '123456', short, `${short}-RRWU`, 'x'.repeat(200)]) {
      expect(readRecoveryCode(text)).toBeNull();
    }
  });

  it('have another hash for another user', () => {
    const code = '7K2M-9QXT-04VB-HN3R-D3F6-RRWY';
    expect(recoveryCodeHash('one', code)).not.toBe(recoveryCodeHash('other', code));
  });
});
