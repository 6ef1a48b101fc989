import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { armReference } from './arm-reference.js';

const azure = { actualFormat: 'azure-resource-graph', path: 'properties.subnet' } as const;
const id =
  '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
const written = { id, name: 's', properties: { addressPrefix: '10.0.0.0/24' } };

describe('arm-reference', () => {
  it('takes a resource written out for its id', () => {
    expect(ruleOn(armReference, written, { id: id.toLowerCase() }, azure)).toBe('same');
  });

  it('speaks about another resource, and compares what the service does answer', () => {
    expect(ruleOn(armReference, written, { id: `${id}2` }, azure)).toBe('silent');
    const answered = { id, properties: { addressPrefix: '10.1.0.0/24' } };
    expect(ruleOn(armReference, written, answered, azure)).toBe('silent');
  });
});
