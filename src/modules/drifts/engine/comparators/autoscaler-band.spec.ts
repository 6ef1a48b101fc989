import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const workload = (replicas: number): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas },
});

function hpa(target: string, namespace = 'shop'): JsonObject {
  return {
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace },
    spec: {
      minReplicas: 2,
      maxReplicas: 10,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    },
  };
}

const scaledObject: JsonObject = {
  kind: 'ScaledObject',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { maxReplicaCount: 10, scaleTargetRef: { name: 'web' } },
};

function find(replicas: number, others: JsonObject[], facts: JsonObject = {}) {
  return outline(compareManifest(workload(2), workload(replicas), { others, facts }));
}

describe('autoscaler-band', () => {
  it('leaves the count to the autoscaler of this object, inside its band', () => {
    expect(find(7, [hpa('web')])).toEqual({
      findings: {},
      rules: { 'spec.replicas': 'autoscaler-band' },
    });
    expect(find(0, [scaledObject]).findings).toEqual({});
    const given = { hpa: { minReplicas: 2, maxReplicas: 10, target: 'this' } };
    expect(find(7, [], given).findings).toEqual({});
  });

  it.each<[string, number, JsonObject[]]>([
    ['a count outside the band', 25, [hpa('web')]],
    ['a count without an autoscaler', 7, []],
    ['the autoscaler of another object', 7, [hpa('other')]],
    ['the autoscaler of another namespace', 7, [hpa('web', 'billing')]],
  ])('speaks about %s', (_, replicas, others) => {
    expect(find(replicas, others).findings).toEqual({ 'spec.replicas': 'confirmed' });
  });
});
