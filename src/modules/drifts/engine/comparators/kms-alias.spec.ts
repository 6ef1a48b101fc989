import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { kmsAlias } from './kms-alias.js';

describe('kms-alias', () => {
  it.each<[string, unknown, unknown, Setting]>([
    [
      'the key the alias stands for',
      'alias/aws/rds',
      'arn:aws:kms:us-east-1:111122223333:key/aaaaaaaa',
      {
        scanFacts: {
          kmsAliases: { 'alias/aws/rds': 'arn:aws:kms:us-east-1:111122223333:key/aaaaaaaa' },
        },
      },
    ],
    [
      'the alias by name and by ARN',
      'alias/app',
      'arn:aws:kms:us-east-1:111122223333:alias/app',
      {},
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(kmsAlias, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    [
      'another key',
      'alias/aws/rds',
      'arn:aws:kms:us-east-1:111122223333:key/bbbbbbbb',
      {
        scanFacts: {
          kmsAliases: { 'alias/aws/rds': 'arn:aws:kms:us-east-1:111122223333:key/aaaaaaaa' },
        },
      },
    ],
    ['another alias', 'alias/app', 'alias/other', {}],
    [
      'two keys',
      'aaaaaaaa',
      'bbbbbbbb',
      {
        scanFacts: {
          kmsAliases: { 'alias/aws/rds': 'arn:aws:kms:us-east-1:111122223333:key/aaaaaaaa' },
        },
      },
    ],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(kmsAlias, declared as never, actual as never, setting)).toBe('silent');
  });

  it('cannot tell without the table of aliases', () => {
    expect(ruleOn(kmsAlias, 'alias/aws/rds', 'aaaaaaaa-1111')).toBe('unverifiable');
  });
});
