import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { kubernetesVerbatim } from './kubernetes-verbatim.js';

const cluster: Setting = { declaredFormat: 'k8s-manifest', actualFormat: 'k8s-live' };

describe('kubernetes-verbatim', () => {
  it.each([
    ['a version label', '1.10', '1.1'],
    ['a path', '/api/', '/api'],
    ['a host in capitals', 'Example.org', 'example.org'],
  ])('speaks about %s', (_, declared, actual) => {
    expect(ruleOn(kubernetesVerbatim, declared, actual, cluster)).toBe('differs');
  });

  it.each([
    ['JSON in an annotation', '{"a":1}', '{ "a": 1 }', cluster],
    ['a quantity', '1', '1000m', { ...cluster, facts: { kind: 'quantity' as const } }],
    ['another API', '/api/', '/api', {}],
  ])('leaves %s to others', (_, declared, actual, setting) => {
    expect(ruleOn(kubernetesVerbatim, declared, actual, setting)).toBe('silent');
  });
});
