import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();

function pod(spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', spec };
}

function findings(declared: JsonObject, actual: JsonObject) {
  return outline(compareManifest(declared, actual, { knowledge })).findings;
}

describe('kubernetes-absence', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['an empty map', { nodeSelector: {} }, {}],
    ['an empty list', { tolerations: [] }, {}],
    ['a null', { affinity: null }, {}],
    ['false in a plain field', { hostNetwork: false }, {}],
    ['empty text', { hostname: '' }, {}],
    ['nothing at all in a struct', { securityContext: { sysctls: [] } }, { securityContext: {} }],
  ])('is silent about %s the server drops', (_, declared, actual) => {
    expect(findings(pod(declared), pod(actual))).toEqual({});
  });

  it('speaks when an explicit value behind a pointer is gone', () => {
    expect(findings(pod({ automountServiceAccountToken: false }), pod({}))).toEqual({
      'spec.automountServiceAccountToken': 'confirmed',
    });
  });

  it('tells a selector of everything from no selector', () => {
    const policy = (from: JsonObject[]): JsonObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, ingress: [{ from }] },
    });
    const closed = { podSelector: { matchLabels: { app: 'web' } } };
    expect(findings(policy([closed]), policy([{ ...closed, namespaceSelector: {} }]))).toEqual({
      'spec.ingress[0].from[0].namespaceSelector': 'potential',
    });
  });

  it('tells "allow everything" from "allow nothing" in a network policy', () => {
    const policy = (ingress: JsonObject[]): JsonObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, ingress },
    });
    expect(findings(policy([]), policy([{}]))).not.toEqual({});
    expect(findings(policy([{}]), policy([]))).not.toEqual({});
  });

  it('does not mistake a value for nothing', () => {
    expect(findings(pod({ hostNetwork: true }), pod({}))).toEqual({
      'spec.hostNetwork': 'confirmed',
    });
  });
});
