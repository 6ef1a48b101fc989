import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { constantSpelling } from './constant-spelling.js';

describe('constant-spelling', () => {
  const on = { path: 'key_algorithm', actualFormat: 'aws-config' } as const;

  it('takes a constant joined by hyphens for the one joined by underscores', () => {
    expect(ruleOn(constantSpelling, 'RSA_2048', 'RSA-2048', on)).toBe('same');
    const type = { ...on, path: 'engine_type' };
    expect(ruleOn(constantSpelling, 'ActiveMQ', 'ACTIVEMQ', type)).toBe('same');
    expect(ruleOn(constantSpelling, 'ActiveMQ', 'RABBITMQ', type)).toBe('silent');
  });

  it('speaks about another constant, a name, and words that are no constant', () => {
    expect(ruleOn(constantSpelling, 'RSA_2048', 'RSA-4096', on)).toBe('silent');
    expect(ruleOn(constantSpelling, 'PROD_1', 'PROD-1', { ...on, path: 'name' })).toBe('silent');
    expect(ruleOn(constantSpelling, 'a_b', 'a-b', on)).toBe('silent');
  });
});
