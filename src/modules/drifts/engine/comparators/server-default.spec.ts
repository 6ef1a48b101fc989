import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();

function compare(manifest: JsonObject, live: JsonObject) {
  return outline(compareManifest(manifest, live, { knowledge }));
}

const service = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Service', spec });
const deployment = (spec: JsonObject): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec,
});
const container = (container: JsonObject): JsonObject =>
  deployment({ template: { spec: { containers: [{ name: 'a', ...container }] } } });

describe('server-default', () => {
  it('is silent about everything a server adds to a Service', () => {
    const live = service({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      clusterIP: '10.0.0.9',
      clusterIPs: ['10.0.0.9'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    expect(compare(service({ ports: [{ port: 80 }] }), live).findings).toEqual({});
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a type that is not the default', { type: 'LoadBalancer' }, { 'spec.type': 'confirmed' }],
    [
      'a target port that does not follow the port',
      { ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }] },
      { 'spec.ports[0].targetPort': 'confirmed' },
    ],
    [
      'affinity the code never asked for',
      { sessionAffinity: 'ClientIP' },
      { 'spec.sessionAffinity': 'confirmed' },
    ],
  ])('speaks about %s', (_, live, expected) => {
    const ports = [{ port: 80, protocol: 'TCP' }];
    expect(compare(service({ ports }), service({ ports, ...live })).findings).toEqual(expected);
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['registry:5000/nginx', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
  ])('knows the pull policy of %s', (image, policy) => {
    const other = policy === 'Always' ? 'IfNotPresent' : 'Always';
    const manifest = container({ image });
    expect(compare(manifest, container({ image, imagePullPolicy: policy })).findings).toEqual({});
    expect(
      Object.values(compare(manifest, container({ image, imagePullPolicy: other })).findings),
    ).toEqual(['confirmed']);
  });

  it('follows conditions: a rolling update has its numbers, another strategy has none', () => {
    const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%' };
    const live = deployment({ strategy: { type: 'RollingUpdate', rollingUpdate } });
    expect(compare(deployment({}), live).findings).toEqual({});
    const recreate = deployment({ strategy: { type: 'Recreate' } });
    expect(compare(recreate, live).findings).toMatchObject({ 'spec.strategy.type': 'confirmed' });
  });

  it('uses the defaults of the version the manifest is written in', () => {
    const webhook = (apiVersion: string, webhooks: JsonObject[]): JsonObject => ({
      apiVersion: `admissionregistration.k8s.io/${apiVersion}`,
      kind: 'ValidatingWebhookConfiguration',
      webhooks,
    });
    const bare = [{ name: 'a.example.org' }];
    const live = [{ name: 'a.example.org', failurePolicy: 'Ignore', timeoutSeconds: 30 }];
    expect(compare(webhook('v1beta1', bare), webhook('v1beta1', live)).findings).toEqual({});
    expect(compare(webhook('v1', bare), webhook('v1', live)).findings).toEqual({
      'webhooks[0].failurePolicy': 'confirmed',
      'webhooks[0].timeoutSeconds': 'confirmed',
    });
  });

  it('does not excuse the loss of a declared value that equals the default', () => {
    expect(compare(deployment({ replicas: 1 }), deployment({})).findings).toEqual({
      'spec.replicas': 'confirmed',
    });
  });

  it('takes defaults from the CRDs of the cluster', () => {
    const definition: JsonObject = {
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'example.org',
        names: { kind: 'Widget' },
        versions: [
          {
            name: 'v1',
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: {
                      mode: { type: 'string', default: 'fast' },
                      ports: {
                        type: 'array',
                        'x-kubernetes-list-type': 'map',
                        'x-kubernetes-list-map-keys': ['port'],
                        items: {
                          type: 'object',
                          properties: { port: { type: 'integer' }, weight: { default: 1 } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        ],
      },
    };
    const widget = (spec: JsonObject): JsonObject => ({
      apiVersion: 'example.org/v1',
      kind: 'Widget',
      spec,
    });
    const manifest = widget({ ports: [{ port: 1 }, { port: 2 }] });
    const find = (live: JsonObject) =>
      outline(compareManifest(manifest, live, { others: [definition] })).findings;
    const reordered = [
      { port: 2, weight: 1 },
      { port: 1, weight: 1 },
    ];
    expect(find(widget({ mode: 'fast', ports: reordered }))).toEqual({});
    expect(find(widget({ mode: 'slow', ports: [{ port: 1, weight: 0 }, { port: 2 }] }))).toEqual({
      'spec.mode': 'confirmed',
      'spec.ports[0].weight': 'confirmed',
    });
  });
});
