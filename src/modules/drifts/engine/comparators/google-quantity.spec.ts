import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { googleQuantity } from './google-quantity.js';

const limit: Setting = {
  actualFormat: 'gcp-cai',
  path: 'template[0].containers[0].resources[0].limits.cpu',
};

describe('google-quantity', () => {
  it('reads one quantity in two spellings', () => {
    expect(ruleOn(googleQuantity, '1', '1000m', limit)).toBe('same');
    expect(ruleOn(googleQuantity, '1Gi', '1024Mi', limit)).toBe('same');
  });

  it('speaks about another quantity, and about other fields', () => {
    expect(ruleOn(googleQuantity, '1', '2000m', limit)).toBe('silent');
    expect(ruleOn(googleQuantity, '1', '1000m', { ...limit, path: 'labels.size' })).toBe('silent');
    expect(ruleOn(googleQuantity, '1', '1000m', { ...limit, actualFormat: 'k8s-live' })).toBe(
      'silent',
    );
  });
});
