import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();
const app = { name: 'app', image: 'app:1' };

function find(spec: JsonObject) {
  const pod = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', spec });
  return outline(compareManifest(pod({ containers: [app] }), pod(spec), { knowledge })).findings;
}

describe('injected-sidecar', () => {
  it('is silent about a known sidecar and what comes with it', () => {
    const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.26' };
    const init = { name: 'istio-init', image: 'istio/proxyv2:1.26' };
    expect(
      find({
        containers: [app, proxy],
        initContainers: [init],
        volumes: [{ name: 'istio-envoy', emptyDir: { medium: 'Memory' } }],
      }),
    ).toEqual({});
  });

  it.each([
    ['a container nobody knows', { name: 'miner', image: 'evil/x:1' }],
    ['a known name with another image', { name: 'istio-proxy', image: 'evil/proxyv2:1' }],
    ['a known image under another name', { name: 'helper', image: 'istio/proxyv2:1.26' }],
  ])('speaks about %s', (_, extra) => {
    expect(find({ containers: [app, extra] })).toEqual({
      [`spec.containers.${extra.name}`]: 'confirmed',
    });
  });

  it('does not take a volume for injected without its sidecar', () => {
    const volumes = [{ name: 'istio-envoy', hostPath: { path: '/' } }];
    expect(find({ containers: [app], volumes })).toEqual({ 'spec.volumes': 'potential' });
  });

  it('is silent about its labels, and only beside it', () => {
    const labels = { 'security.istio.io/tlsMode': 'istio', team: 'x' };
    const labelled = (containers: JsonObject[]) =>
      outline(
        compareManifest(
          { apiVersion: 'v1', kind: 'Pod', spec: { containers: [app] } },
          { apiVersion: 'v1', kind: 'Pod', metadata: { labels }, spec: { containers } },
          { knowledge },
        ),
      ).findings;
    const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.26' };
    expect(Object.keys(labelled([app, proxy]))).toEqual(['metadata.labels.team']);
    expect(Object.keys(labelled([app]))).toHaveLength(2);
  });

  it('is silent about its volumes beside those of admission, and speaks about a third', () => {
    const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.26' };
    const own = [
      { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
      { name: 'kube-api-access-4n7wq', projected: { sources: [] } },
    ];
    expect(find({ containers: [app, proxy], volumes: own })).toEqual({});
    const host = { name: 'host', hostPath: { path: '/' } };
    expect(find({ containers: [app, proxy], volumes: [...own, host] })).toEqual({
      'spec.volumes': 'potential',
    });
  });
});
