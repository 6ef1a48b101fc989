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

  it('cannot tell a project id from a project number', () => {
    const byNumber = 'projects/307841421122/global/networks/main';
    expect(ruleOn(googleLink, 'projects/shop/global/networks/main', byNumber, google)).toBe(
      'unverifiable',
    );
    expect(ruleOn(googleLink, 'projects/shop/global/networks/other', byNumber, google)).toBe(
      'silent',
    );
  });
});
