import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { mysqlCharset } from './mysql-charset.js';

describe('mysql-charset', () => {
  const on = (path: string, actualParent = {}, declaredParent = {}) => ({
    path,
    actualParent,
    declaredParent,
  });

  it('takes utf8 and utf8mb3 for one character set, in collations too', () => {
    expect(ruleOn(mysqlCharset, 'utf8', 'utf8mb3', on('charset'))).toBe('same');
    expect(ruleOn(mysqlCharset, 'utf8_unicode_ci', 'utf8mb3_unicode_ci', on('collation'))).toBe(
      'same',
    );
  });

  it('believes the collation where the two contradict each other', () => {
    const live = { charset: 'utf8', collation: 'utf8mb4_bin' };
    expect(ruleOn(mysqlCharset, 'utf8mb4', 'utf8', on('charset', live))).toBe('same');
    expect(
      ruleOn(mysqlCharset, undefined, 'utf8mb4_bin', on('collation', live, { charset: 'utf8' })),
    ).toBe('differs');
  });

  it('speaks about another character set and another collation', () => {
    const live = { charset: 'latin1', collation: 'latin1_swedish_ci' };
    expect(ruleOn(mysqlCharset, 'utf8mb4', 'latin1', on('charset', live))).toBe('silent');
    expect(ruleOn(mysqlCharset, 'utf8mb4', 'utf8', on('charset'))).toBe('silent');
    expect(ruleOn(mysqlCharset, 'utf8mb3_bin', 'utf8mb4_bin', on('collation'))).toBe('silent');
    expect(ruleOn(mysqlCharset, 'utf8_bin', 'utf8mb3_general_ci', on('collation'))).toBe('silent');
  });

  it('leaves a collation the code does not mention to others, and PostgreSQL alone', () => {
    const utf8 = { charset: 'utf8' };
    expect(ruleOn(mysqlCharset, undefined, 'utf8mb3_bin', on('collation', {}, utf8))).toBe(
      'silent',
    );
    expect(ruleOn(mysqlCharset, 'UTF8', 'LATIN1', on('charset', { collation: 'en_US.UTF8' }))).toBe(
      'silent',
    );
    expect(ruleOn(mysqlCharset, undefined, 'en_US.UTF8', on('collation', {}, utf8))).toBe('silent');
  });
});
