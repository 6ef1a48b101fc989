import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

function find(manifest: JsonObject, live: JsonObject) {
  return outline(compareManifest(manifest, live)).findings;
}

describe('kubernetes-identity', () => {
  it.each([
    ['apps/v1beta1', 'apps/v1'],
    ['extensions/v1beta1', 'apps/v1'],
    ['networking.k8s.io/v1beta1', 'networking.k8s.io/v1'],
  ])('takes %s and %s for one kind', (declared, actual) => {
    expect(find({ apiVersion: declared }, { apiVersion: actual })).toEqual({});
  });

  it('speaks about another group', () => {
    expect(find({ apiVersion: 'a.example.org/v1' }, { apiVersion: 'b.example.org/v1' })).toEqual({
      apiVersion: 'confirmed',
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a namespace the manifest leaves open', { name: 'a' }, { name: 'a', namespace: 'x' }],
    ['a namespace of a cluster-scoped object', { name: 'a', namespace: 'x' }, { name: 'a' }],
    [
      'a generated name',
      { generateName: 'run-' },
      { generateName: 'run-', name: 'run-x7k2p', namespace: 'x' },
    ],
  ])('is silent about %s', (_, declared, actual) => {
    expect(find({ metadata: declared }, { metadata: actual })).toEqual({});
  });

  it('speaks about a name that was not generated from the prefix', () => {
    const live = { generateName: 'run-', name: 'other' };
    expect(find({ metadata: { generateName: 'run-' } }, { metadata: live })).not.toEqual({});
  });
});
