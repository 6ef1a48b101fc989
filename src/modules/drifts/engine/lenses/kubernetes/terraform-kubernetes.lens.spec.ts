import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { openKnowledge } from '../../../knowledge/index.js';
import { compareResource } from '../../compare-resource.js';
import { outline } from '../../testing/compare-manifest.js';
import { fieldOf } from '../../testing/rule-on.js';

const knowledge = openKnowledge();

function compare(type: string, state: JsonObject, live: JsonObject, ignoredPaths: string[] = []) {
  const { pair } = fieldOf({
    type,
    actualFormat: 'k8s-live',
    declaredParent: state,
    actualParent: live,
  });
  const declared = { ...pair.declared, ignoredPaths };
  return compareResource({ ...pair, declared, knowledge });
}

const state: JsonObject = {
  id: 'shop/web',
  timeouts: null,
  wait_for_rollout: true,
  metadata: [
    {
      annotations: {},
      generate_name: '',
      generation: 3,
      labels: { app: 'web' },
      name: 'web',
      namespace: 'shop',
      resource_version: '7',
      uid: 'u',
    },
  ],
  spec: [
    {
      min_ready_seconds: 0,
      paused: false,
      replicas: '2',
      selector: [{ match_expressions: [], match_labels: { app: 'web' } }],
      strategy: [
        { type: 'RollingUpdate', rolling_update: [{ max_surge: '25%', max_unavailable: '25%' }] },
      ],
      template: [
        {
          metadata: [{ labels: { app: 'web' }, name: '', namespace: '' }],
          spec: [
            {
              active_deadline_seconds: 0,
              dns_policy: 'ClusterFirst',
              host_network: false,
              node_selector: {},
              container: [
                {
                  args: [],
                  image: 'web:1',
                  name: 'web',
                  env: [{ name: 'A_B', value: '1', value_from: [] }],
                  port: [{ container_port: 8080, host_ip: '', host_port: 0, protocol: 'TCP' }],
                  resources: [{ limits: { cpu: '1000m', memory: '512Mi' }, requests: {} }],
                  security_context: [],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

function live(container: JsonObject = {}, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, uid: 'u', generation: 4 },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { app: 'web' } },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'web:1',
              imagePullPolicy: 'IfNotPresent',
              env: [{ name: 'A_B', value: '1' }],
              ports: [{ containerPort: 8080, protocol: 'TCP' }],
              resources: { limits: { cpu: '1', memory: '512Mi' } },
              ...container,
            },
          ],
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
        },
      },
      ...spec,
    },
    status: { readyReplicas: 2 },
  };
}

describe('hashicorp/kubernetes beside the API', () => {
  it('is silent when the object is what the state says', () => {
    const report = compare('kubernetes_deployment_v1', state, live());
    expect(report.findings).toEqual([]);
    expect(report.comparedLeaves).toBe(report.declaredLeaves);
  });

  it('speaks in the words of the code', () => {
    const changed = live({ image: 'web:2', ports: [{ containerPort: 8081, protocol: 'TCP' }] });
    const paths = outline(compare('kubernetes_deployment', state, changed)).findings;
    const container = 'spec[0].template[0].spec[0].container[0]';
    expect(paths).toMatchObject({
      [`${container}.image`]: 'confirmed',
      [`${container}.port[0]`]: 'confirmed',
    });
    expect(
      outline(compare('kubernetes_deployment', state, live({}, { paused: true }))).findings,
    ).not.toEqual({});
  });

  it('ignores what lifecycle.ignore_changes names', () => {
    const scaled = live({}, { replicas: 5 });
    const report = compare('kubernetes_deployment', state, scaled, ['spec[0].replicas']);
    expect(outline(report)).toMatchObject({
      findings: {},
      rules: { 'spec[0].replicas': expect.stringMatching(/^ignore/) as unknown },
    });
  });

  it('reads a kubernetes_manifest as the manifest it holds', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } };
    const held = { manifest: { type: 'object', value: manifest }, object: null };
    expect(compare('kubernetes_manifest', held, manifest).findings).toEqual([]);
    const other = { ...manifest, data: { a: '2' } };
    expect(outline(compare('kubernetes_manifest', held, other)).findings).toEqual({
      'manifest.data.a': 'confirmed',
    });
  });

  it('compares the plain data of a secret with the encoded one, and shows neither', () => {
    const secret = { data: { user: 'admin' }, type: 'Opaque', metadata: [{ name: 'a' }] };
    const object = (user: string): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      type: 'Opaque',
      data: { user },
    });
    expect(compare('kubernetes_secret', secret, object('YWRtaW4=')).findings).toEqual([]);
    const report = compare('kubernetes_secret', secret, object('cm9vdA=='));
    expect(outline(report).findings).toEqual({ 'data.user': 'confirmed' });
    expect(JSON.stringify(report)).not.toMatch(/admin|root|cm9vdA/);
  });
});
