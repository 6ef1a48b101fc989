import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { googleShortName } from './google-short-name.js';

const inShop: Setting = { actualFormat: 'gcp-cai', declaredParent: { project: 'shop' } };

describe('google-short-name', () => {
  it.each([
    ['runner', 'runner@shop.iam.gserviceaccount.com'],
    ['orders', 'shop:europe-west1:orders'],
  ])('takes %s for %s', (short, full) => {
    expect(ruleOn(googleShortName, short, full, inShop)).toBe('same');
  });

  it.each([
    ['runner', 'walker@shop.iam.gserviceaccount.com'],
    ['runner', 'runner@bank.iam.gserviceaccount.com'],
    ['orders', 'bank:europe-west1:orders'],
    ['orders', 'shop:europe-west1:invoices'],
  ])('tells %s from %s', (short, full) => {
    expect(ruleOn(googleShortName, short, full, inShop)).toBe('silent');
  });
});
