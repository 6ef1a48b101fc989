import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { objectName } from './object-name.js';

const link = 'https://www.googleapis.com/compute/v1/projects/shop/global/networks/main';
const objects: Setting = {
  declaredFormat: 'terraform-attributes-from-krm',
  actualFormat: 'gcp-cai',
  facts: { kind: 'resource-id' },
};

describe('object-name', () => {
  it('cannot tell which resource an object of the code stands for', () => {
    expect(ruleOn(objectName, 'network-object', link, objects)).toBe('unverifiable');
  });

  it('takes another member of the same naming scheme for another resource', () => {
    const account = (name: string) => `${name}@shop.iam.gserviceaccount.com`;
    expect(ruleOn(objectName, 'runner-1-x7', account('runner-2-x7'), objects)).toBe('differs');
    expect(ruleOn(objectName, 'runner-1-x7', account('account-1-x7'), objects)).toBe(
      'unverifiable',
    );
  });

  it('speaks where the code says the resource itself, or is no set of objects', () => {
    expect(ruleOn(objectName, 'projects/shop/global/networks/other', link, objects)).toBe('silent');
    expect(ruleOn(objectName, 'network-object', 'plain-value', objects)).toBe('silent');
    expect(
      ruleOn(objectName, 'other', link, {
        ...objects,
        declaredFormat: 'terraform-state-attributes',
      }),
    ).toBe('silent');
  });
});
