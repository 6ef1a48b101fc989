import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { booleanToken } from './boolean-token.js';

describe('boolean-token', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['on as a digit', 'ON', '1', { path: 'Parameters.slow_query_log' }],
    ['off as a word', '0', 'OFF', { path: 'Parameters.slow_query_log' }],
    [
      'a parameter that is a resource',
      'on',
      'ON',
      { path: 'value', type: 'azurerm_postgresql_flexible_server_configuration' },
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(booleanToken, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a switch that was turned', 'ON', '0', { path: 'Parameters.slow_query_log' }],
    ['tokens outside parameters', 'on', '1', { path: 'Name' }],
    ['numbers that are no switch', '2', '3', { path: 'Parameters.slow_query_log' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(booleanToken, declared as never, actual as never, setting)).toBe('silent');
  });
});
