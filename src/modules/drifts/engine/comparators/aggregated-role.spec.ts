import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

function role(rules: JsonObject[], aggregated = true): JsonObject {
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { x: 'y' } }] };
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    ...(aggregated && { aggregationRule }),
    rules,
  };
}

function find(manifest: JsonObject, ignoreAggregatedRoles: boolean | null = null) {
  const live = { ...manifest, rules: [rule] };
  return outline(compareManifest(manifest, live, { options: { ignoreAggregatedRoles } })).findings;
}

describe('aggregated-role', () => {
  it('leaves the rules of an aggregated role to the control plane', () => {
    expect(find(role([]))).toEqual({});
    expect(find(role([{ ...rule, verbs: ['list'] }]), true)).toEqual({});
  });

  it.each<[string, JsonObject, boolean | null]>([
    ['rules of an ordinary role', role([], false), null],
    ['rules the manifest states', role([{ ...rule, verbs: ['list'] }]), null],
    ['aggregated rules, when asked to', role([]), false],
  ])('speaks about %s', (_, manifest, option) => {
    expect(Object.values(find(manifest, option))).toContain('confirmed');
  });
});
