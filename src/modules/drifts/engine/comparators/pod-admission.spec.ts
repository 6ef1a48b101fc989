import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();

function find(spec: JsonObject, container: JsonObject = {}) {
  const pod = (spec: JsonObject, container: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: 'a', image: 'a:1', ...container }], ...spec },
  });
  return outline(compareManifest(pod({}, {}), pod(spec, container), { knowledge })).findings;
}

describe('pod-admission', () => {
  it('is silent about what every pod gets', () => {
    const token = { name: 'kube-api-access-x7k2p', projected: { sources: [] } };
    const mount = {
      name: 'kube-api-access-x7k2p',
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      readOnly: true,
    };
    const toleration = {
      key: 'node.kubernetes.io/not-ready',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    };
    expect(
      find(
        { volumes: [token], tolerations: [toleration], serviceAccountName: 'default', priority: 0 },
        { volumeMounts: [mount] },
      ),
    ).toEqual({});
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a host path', { volumes: [{ name: 'kube-api-access-x7k2p', hostPath: { path: '/' } }] }, {}],
    ['a toleration of everything', { tolerations: [{ operator: 'Exists' }] }, {}],
    [
      'a token mounted elsewhere',
      {},
      { volumeMounts: [{ name: 'kube-api-access-x7k2p', mountPath: '/tmp' }] },
    ],
  ])('mentions %s', (_, spec, container) => {
    expect(find(spec, container)).not.toEqual({});
  });
});
