import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { unsetInState } from './unset-in-state.js';

const azure = { actualFormat: 'azure-resource-graph', type: 'azurerm_subnet' } as const;

describe('unset-in-state', () => {
  it('is not certain where the state holds nothing', () => {
    expect(ruleOn(unsetInState, null, 'Enabled', azure)).toBe('differs');
    expect(ruleOn(unsetInState, [], [{ id: 'a' }], azure)).toBe('differs');
  });

  it('leaves the rest to the walk', () => {
    expect(ruleOn(unsetInState, 'Disabled', 'Enabled', azure)).toBe('silent');
    expect(ruleOn(unsetInState, null, [], azure)).toBe('silent');
    expect(ruleOn(unsetInState, null, 'x', { ...azure, type: 'aws_subnet' })).toBe('silent');
  });
});
