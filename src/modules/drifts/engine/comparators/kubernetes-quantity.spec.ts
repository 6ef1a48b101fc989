import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { kubernetesQuantity } from './kubernetes-quantity.js';

const cluster: Setting = { declaredFormat: 'k8s-manifest', actualFormat: 'k8s-live' };
const quantity: Setting = { ...cluster, facts: { kind: 'quantity' } };

describe('kubernetes-quantity', () => {
  it.each([
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    [0.5, '500m'],
    ['1000M', '1G'],
    ['1e3', '1k'],
    ['1.5Gi', '1536Mi'],
    ['0.0001', '1m'],
    ['-1', '-1000m'],
  ])('takes %s and %s for one amount', (declared, actual) => {
    expect(ruleOn(kubernetesQuantity, declared, actual, quantity)).toBe('same');
  });

  it.each([
    ['1Gi', '1G'],
    ['1', '2'],
    ['100m', '100m-changed'],
    ['1m', '1M'],
    ['', '0'],
  ])('keeps %s and %s apart', (declared, actual) => {
    expect(ruleOn(kubernetesQuantity, declared, actual, quantity)).toBe('silent');
  });

  it('knows the usual resource names in kinds no schema describes', () => {
    const open = { ...cluster, path: 'spec.flavors[0].resources[0].nominalQuota' };
    expect(ruleOn(kubernetesQuantity, '12000m', '12', open)).toBe('same');
    expect(ruleOn(kubernetesQuantity, '12000m', '12', { ...cluster, path: 'data.ratio' })).toBe(
      'silent',
    );
  });

  it('does not hang on absurd numbers', () => {
    const digits = '9'.repeat(100_000);
    expect(ruleOn(kubernetesQuantity, digits, `${digits}0`, quantity)).toBe('silent');
  });
});
