import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { idList } from './id-list.js';

describe('id-list', () => {
  it.each<[string, unknown, unknown, Setting]>([
    [
      'subnets in another order',
      ['subnet-b', 'subnet-a'],
      ['subnet-a', 'subnet-b'],
      { path: 'SubnetIds' },
    ],
    [
      'zones in another order',
      ['us-east-1b', 'us-east-1a'],
      ['us-east-1a', 'us-east-1b'],
      { path: 'AvailabilityZones' },
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(idList, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another subnet', ['subnet-a', 'subnet-b'], ['subnet-a', 'subnet-c'], { path: 'SubnetIds' }],
    [
      'layers in another order',
      ['arn:aws:lambda:us-east-1:1:layer:base:1', 'arn:aws:lambda:us-east-1:1:layer:over:2'],
      ['arn:aws:lambda:us-east-1:1:layer:over:2', 'arn:aws:lambda:us-east-1:1:layer:base:1'],
      { path: 'Layers' },
    ],
    ['an id that was added', ['sg-1'], ['sg-1', 'sg-2'], { path: 'SecurityGroupIds' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(idList, declared as never, actual as never, setting)).toBe('silent');
  });
});
