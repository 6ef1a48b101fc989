import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { attributionLabel } from './attribution-label.js';

const at = (path: string, type = 'google_compute_disk') => ({ path, type });

describe('attribution-label', () => {
  it('is silent about what the provider itself adds', () => {
    const path = 'effective_labels.goog-terraform-provisioned';
    expect(ruleOn(attributionLabel, undefined, 'true', at(path))).toBe('same');
  });

  it.each([
    [undefined, 'mallory', at('effective_labels.owner')],
    ['true', 'false', at('effective_labels.goog-terraform-provisioned')],
    [undefined, 'true', at('labels.goog-terraform-provisioned')],
    [undefined, 'true', at('effective_labels.goog-x', 'aws_instance')],
  ])('leaves %j and %j at another place', (declared, actual, place) => {
    expect(ruleOn(attributionLabel, declared, actual, place)).toBe('silent');
  });
});
