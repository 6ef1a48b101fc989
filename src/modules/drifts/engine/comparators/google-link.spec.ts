import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { googleLink } from './google-link.js';

const google: Setting = { actualFormat: 'gcp-cai' };
const link = 'https://www.googleapis.com/compute/v1/projects/shop/global/networks/main';

describe('google-resource-name', () => {
  it.each([
    'main',
    'networks/main',
    'projects/shop/global/networks/main',
    '//compute.googleapis.com/projects/shop/global/networks/main',
  ])('takes %s and the full link for the same network', (name) => {
    expect(ruleOn(googleLink, name, link, google)).toBe('same');
  });

  it.each(['other', 'projects/bank/global/networks/main', 'ain'])('tells %s apart', (name) => {
    expect(ruleOn(googleLink, name, link, google)).toBe('silent');
  });
});
