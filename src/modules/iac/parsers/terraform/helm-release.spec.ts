import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { parse } from '../testdata/documents.js';
import { pretty, state, stateResource } from '../testdata/terraform.js';

const release = 'helm_release.web';

function objects(...all: JsonObject[]): string {
  return JSON.stringify(Object.fromEntries(all.map((object, index) => [`k${index}`, object])));
}

async function read(manifest: string | null) {
  const attributes = { id: 'web', name: 'web', namespace: 'shop', chart: 'web', manifest };
  const text = pretty(
    state([stateResource({ type: 'helm_release', name: 'web' }, { attributes })]),
  );
  return parse(text);
}

describe('helm_release', () => {
  it('is the objects its chart rendered, in the namespace of the release', async () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 2 },
    };
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'web' },
    };
    const { resources } = await read(objects(deployment, role));
    expect(resources).toMatchObject([
      {
        address: `${release}/apps/v1/Deployment/shop/web`,
        id: 'apps/v1/Deployment/shop/web',
        type: 'Deployment',
        format: 'k8s-manifest',
        attributes: deployment,
      },
      { address: `${release}/rbac.authorization.k8s.io/v1/ClusterRole//web`, type: 'ClusterRole' },
    ]);
  });

  it('leaves open what a Secret holds, and hooks out', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web' },
      data: { password: '(sensitive value 0f5b)' },
    };
    const hook = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'pre-upgrade' } },
    };
    const { resources, notices } = await read(objects(secret, hook));
    expect(resources).toMatchObject([
      {
        type: 'Secret',
        unresolvedPaths: ['data', 'stringData'],
        sensitivePaths: ['data', 'stringData'],
      },
    ]);
    expect(notices.map(({ code }) => code)).toContain('K8S.HOOK');
  });

  it.each([null, '', '{}', '[1]', 'kind: Deployment'])(
    'stays one resource where the state keeps no rendered manifest: %s',
    async (manifest) => {
      const { resources } = await read(manifest);
      expect(resources).toMatchObject([{ address: release, type: 'helm_release' }]);
    },
  );
});
