import { describe, expect, it } from '@jest/globals';
import {
  NO_SCOPE,
  type ActualResource,
  type DeclaredResource,
} from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { fieldOf } from '../testing/rule-on.js';
import { whyNotDeleted } from './coverage-lookup.js';
import { Matcher } from './matcher.js';

const knowledge = openKnowledge();

function manifest(id: string): DeclaredResource {
  const kind = id.split('/').at(-3) ?? '';
  return { ...fieldOf({ type: kind, declaredFormat: 'k8s-manifest' }).pair.declared, id };
}

function live(id: string): ActualResource {
  return { ...fieldOf({ actualFormat: 'k8s-live' }).pair.actual, id };
}

function matched(declared: DeclaredResource, ...ids: string[]): string | undefined {
  const matcher = new Matcher([declared], knowledge);
  for (const id of ids) matcher.observe(live(id));
  const [pair] = [...matcher.pairs()];
  return pair?.actual?.id;
}

describe('Kubernetes identity', () => {
  it.each([
    ['another version', 'apps/v1beta1/Deployment/a/web', 'apps/v1/Deployment/a/web'],
    [
      'the group that took over',
      'extensions/v1beta1/Ingress/a/web',
      'networking.k8s.io/v1/Ingress/a/web',
    ],
    ['the default namespace', 'v1/ConfigMap//web', 'v1/ConfigMap/default/web'],
    ['a cluster-scoped object', 'foo.io/v1/Foo/a/web', 'foo.io/v1/Foo//web'],
  ])('finds a manifest in %s', (_, declared, actual) => {
    expect(matched(manifest(declared), actual)).toBe(actual);
  });

  it.each([
    ['another namespace', 'v1/ConfigMap/a/web', 'v1/ConfigMap/b/web'],
    ['another kind', 'v1/ConfigMap/a/web', 'v1/Secret/a/web'],
    ['a namespace nobody named', 'v1/ConfigMap//web', 'v1/ConfigMap/b/web'],
    ['another group', 'a.io/v1/Foo/a/web', 'b.io/v1/Foo/a/web'],
  ])('does not take %s for it', (_, declared, actual) => {
    expect(matched(manifest(declared), actual)).toBeUndefined();
  });

  it('claims one object only when a manifest names no namespace', () => {
    const matcher = new Matcher([manifest('v1/ConfigMap//web')], knowledge);
    const ids = ['v1/ConfigMap/a/web', 'v1/ConfigMap/default/web', 'v1/ConfigMap/b/web'];
    expect(ids.filter((id) => matcher.observe(live(id)))).toEqual(['v1/ConfigMap/default/web']);
    expect([...matcher.pairs()][0]?.actual?.id).toBe('v1/ConfigMap/default/web');
  });

  it('looks where the manifests were applied, when that is known', () => {
    const matcher = new Matcher([manifest('v1/ConfigMap//web')], knowledge, 'shop');
    expect(matcher.observe(live('v1/ConfigMap/default/web'))).toBe(false);
    expect(matcher.observe(live('v1/ConfigMap/shop/web'))).toBe(true);
  });

  it('leaves an object to the manifest that names its namespace', () => {
    const declared = [manifest('v1/ConfigMap//web'), manifest('v1/ConfigMap/default/web')];
    const matcher = new Matcher(declared, knowledge);
    matcher.observe(live('v1/ConfigMap/default/web'));
    const pairs = [...matcher.pairs()].map(({ actual }) => actual?.id);
    expect(pairs).toEqual([undefined, 'v1/ConfigMap/default/web']);
  });

  describe('of hashicorp/kubernetes', () => {
    const state: DeclaredResource = {
      ...fieldOf({ type: 'kubernetes_deployment_v1' }).pair.declared,
      id: 'shop/web',
      scope: NO_SCOPE,
    };

    it('finds the object the state names', () => {
      expect(matched(state, 'v1/Pod/shop/web', 'apps/v1/Deployment/shop/web')).toBe(
        'apps/v1/Deployment/shop/web',
      );
    });

    it('calls it deleted only when its kind was read completely', () => {
      const coverage = {
        provider: 'kubernetes' as const,
        type: 'apps/v1/Deployment',
        accountId: null,
        region: null,
        status: 'complete' as const,
        resources: 0,
        pages: 1,
        message: null,
      };
      expect(whyNotDeleted(state, [coverage], knowledge)).toBeNull();
      expect(whyNotDeleted(state, [{ ...coverage, type: 'v1/Pod' }], knowledge)).not.toBeNull();
    });
  });
});
