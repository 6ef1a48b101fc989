import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { googleAddress } from './google-address.js';

const google = { actualFormat: 'gcp-cai' } as const;
const link = 'https://www.googleapis.com/compute/v1/projects/shop/global/addresses/web';

describe('google-address', () => {
  it('cannot tell which address a resource holds', () => {
    expect(ruleOn(googleAddress, link, '203.0.113.7', google)).toBe('unverifiable');
  });

  it('speaks about two addresses, and about two resources', () => {
    expect(ruleOn(googleAddress, '203.0.113.8', '203.0.113.7', google)).toBe('silent');
    expect(ruleOn(googleAddress, link, link.replace('web', 'api'), google)).toBe('silent');
  });
});
