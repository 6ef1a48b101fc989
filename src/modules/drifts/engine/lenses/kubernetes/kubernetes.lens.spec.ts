import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { openKnowledge } from '../../../knowledge/index.js';
import { compareManifest, outline } from '../../testing/compare-manifest.js';

const knowledge = openKnowledge();

function find(manifest: JsonObject, live: JsonObject, options = {}) {
  return outline(compareManifest(manifest, live, { knowledge, options })).findings;
}

describe('Kubernetes lens', () => {
  describe('secrets', () => {
    const secret = (content: JsonObject): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      ...content,
    });
    const manifest = secret({ stringData: { user: 'admin' } });

    it('compares stringData with what it becomes', () => {
      const live = secret({ data: { user: 'YWRtaW4=' }, type: 'Opaque' });
      expect(find(manifest, live)).toEqual({});
      expect(find(manifest, secret({ data: { user: 'cm9vdA==' } }))).toEqual({
        'stringData.user': 'confirmed',
      });
      expect(find(manifest, secret({ data: {} }))).toEqual({ 'stringData.user': 'confirmed' });
    });

    it('never shows a value', () => {
      const live = secret({ data: { user: 'cm9vdA==', other: 'c2VjcmV0' } });
      const text = JSON.stringify(compareManifest(manifest, live, { knowledge }));
      for (const value of ['admin', 'root', 'cm9vdA==', 'c2VjcmV0'])
        expect(text).not.toContain(value);
    });

    it('lets stringData win over data, as the server does', () => {
      const both = secret({ stringData: { user: 'admin' }, data: { user: 'eA==', key: 'eQ==' } });
      expect(find(both, secret({ data: { user: 'YWRtaW4=', key: 'eQ==' } }))).toEqual({});
    });

    it('can be ignored under either name', () => {
      const live = secret({ data: { user: 'cm9vdA==' } });
      expect(find(manifest, live, { ignorePaths: ['/data/user'] })).toEqual({});
      expect(find(manifest, live, { ignorePaths: ['/stringData/user'] })).toEqual({});
    });
  });

  describe('lists', () => {
    const service = (ports: JsonObject[]): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      spec: { ports },
    });

    it('tells elements apart by their keys, a left-out protocol being TCP', () => {
      const manifest = service([
        { port: 53, name: 'tcp' },
        { port: 53, name: 'udp', protocol: 'UDP' },
      ]);
      const live = service([
        { port: 53, name: 'udp', protocol: 'UDP' },
        { port: 53, name: 'tcp', protocol: 'TCP' },
      ]);
      expect(find(manifest, live)).toEqual({});
    });

    it('keeps order where it matters', () => {
      const pod = (args: string[]): JsonObject => ({
        apiVersion: 'v1',
        kind: 'Pod',
        spec: { containers: [{ name: 'a', image: 'a:1', args }] },
      });
      expect(find(pod(['-a', '-b']), pod(['-b', '-a']))).not.toEqual({});
    });

    it('takes the rules of a role for a set, and speaks when one is gone', () => {
      const role = (rules: JsonObject[]): JsonObject => ({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        rules,
      });
      const read = { apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'list'] };
      const turned = { apiGroups: ['apps', ''], resources: ['pods'], verbs: ['list', 'get'] };
      const write = { apiGroups: [''], resources: ['pods'], verbs: ['*'] };
      expect(find(role([read, write]), role([write, turned]))).toEqual({});
      expect(find(role([read]), role([turned, write]))).toEqual({ 'rules[1]': 'confirmed' });
    });
  });

  it('knows a pod template inside a kind no schema describes', () => {
    const rollout = (cpu: string): JsonObject => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      spec: {
        template: { spec: { containers: [{ name: 'a', resources: { limits: { cpu } } }] } },
      },
    });
    expect(find(rollout('1000m'), rollout('1'))).toEqual({});
    expect(find(rollout('1000m'), rollout('2'))).not.toEqual({});
  });

  it('guesses nothing about fields of a kind nobody describes', () => {
    const thing = (spec: JsonObject): JsonObject => ({
      apiVersion: 'example.org/v1',
      kind: 'Thing',
      spec,
    });
    const report = compareManifest(thing({ a: 1 }), thing({ a: 1, b: 2 }), { knowledge });
    expect(report.findings).toEqual([]);
    expect(report.notCompared.map(({ path }) => path)).toEqual(['spec.b']);
    expect(find(thing({ a: 1 }), thing({ a: 2 }))).toEqual({ 'spec.a': 'confirmed' });
  });

  it('leaves status to controllers', () => {
    const object = (status: JsonObject): JsonObject => ({ kind: 'Thing', status });
    expect(find(object({}), object({ ready: true }))).toEqual({});
  });

  it('knows published CRDs where the cluster gives none', () => {
    const route = (backend: JsonObject): JsonObject => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      spec: { rules: [{ backendRefs: [{ name: 'api', port: 80, ...backend }] }] },
    });
    expect(find(route({}), route({ group: '', kind: 'Service', weight: 1 }))).toEqual({});
    expect(find(route({}), route({ weight: 0 }))).toEqual({
      'spec.rules[0].backendRefs[0].weight': 'confirmed',
    });
  });
});
