import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { arnName } from './arn-name.js';

describe('arn-name', () => {
  it.each<[string, unknown, unknown, Setting]>([
    [
      'a name and its ARN',
      'MyFn',
      'arn:aws:lambda:us-east-1:111122223333:function:MyFn',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'an ARN and its name',
      'arn:aws:iam::111122223333:role/ops/R',
      'R',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'a path and its ARN',
      'service/c/s',
      'arn:aws:ecs:us-east-1:111122223333:service/c/s',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    ['a bucket, whose ARN names no account', 'logs', 'arn:aws:s3:::logs', {}],
    [
      'a path from the root and its ARN',
      '/ops/R',
      'arn:aws:iam::111122223333:role/ops/R',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'a log group with and without the star',
      'arn:aws:logs:us-east-1:1:log-group:g',
      'arn:aws:logs:us-east-1:1:log-group:g:*',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'a task family without its revision',
      'web',
      'arn:aws:ecs:us-east-1:111122223333:task-definition/web:7',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    ['an account and its root', '111122223333', 'arn:aws:iam::111122223333:root', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(arnName, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    [
      'the same name in another account',
      'MyFn',
      'arn:aws:lambda:us-east-1:999999999999:function:MyFn',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'the same name in another region',
      'MyFn',
      'arn:aws:lambda:eu-west-1:111122223333:function:MyFn',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'a name that only ends alike',
      'Fn',
      'arn:aws:lambda:us-east-1:111122223333:function:MyFn',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    [
      'two ARNs',
      'arn:aws:iam::111122223333:role/a',
      'arn:aws:iam::111122223333:role/b',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
    ['everything for one thing', 'arn:aws:s3:::labels/*', '*', {}],
    [
      'another revision',
      'web:6',
      'arn:aws:ecs:us-east-1:111122223333:task-definition/web:7',
      { accountId: '111122223333', region: 'us-east-1' },
    ],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(arnName, declared as never, actual as never, setting)).toBe('silent');
  });
});
