import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { openKnowledge } from '../../../knowledge/index.js';
import { compareManifest, outline } from '../../testing/compare-manifest.js';

const knowledge = openKnowledge();
const find = (manifest: JsonObject, live: JsonObject) =>
  outline(compareManifest(manifest, live, { knowledge })).findings;

describe('a manifest of an older version beside the object in the newer one', () => {
  const rules = (backend: JsonObject, typed: JsonObject = {}) => [
    { host: 'shop.example', http: { paths: [{ path: '/', backend, ...typed }] } },
  ];
  const ingress: JsonObject = {
    apiVersion: 'networking.k8s.io/v1beta1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      backend: { serviceName: 'web', servicePort: 80 },
      rules: rules({ serviceName: 'web', servicePort: 'http' }),
    },
  };
  const served = (name: string, port: number): JsonObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      defaultBackend: { service: { name: 'web', port: { number: port } } },
      rules: rules(
        { service: { name, port: { name: 'http' } } },
        { pathType: 'ImplementationSpecific' },
      ),
    },
  });

  it('Ingress: one backend in two words, named in those of the code', () => {
    expect(find(ingress, served('web', 80))).toEqual({});
    expect(find(ingress, served('api', 81))).toEqual({
      'spec.backend.servicePort': 'confirmed',
      'spec.rules[0].http.paths[0].backend.serviceName': 'confirmed',
    });
  });

  const properties = (type: string) => ({
    openAPIV3Schema: { type: 'object', properties: { spec: { type } } },
  });
  const definition: JsonObject = {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'foos.example.io' },
    spec: {
      group: 'example.io',
      version: 'v1',
      names: { kind: 'Foo', plural: 'foos', singular: 'foo', listKind: 'FooList' },
      scope: 'Namespaced',
      validation: properties('object'),
      additionalPrinterColumns: [{ name: 'Age', type: 'date', JSONPath: '.metadata.age' }],
    },
  };
  const stored = (type: string, jsonPath: string): JsonObject => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'foos.example.io' },
    spec: {
      group: 'example.io',
      names: { kind: 'Foo', plural: 'foos', singular: 'foo', listKind: 'FooList' },
      scope: 'Namespaced',
      conversion: { strategy: 'None' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: properties(type),
          additionalPrinterColumns: [{ name: 'Age', type: 'date', jsonPath }],
        },
      ],
    },
  });

  it('CustomResourceDefinition: what all versions shared stands in each', () => {
    expect(find(definition, stored('object', '.metadata.age'))).toEqual({});
    expect(find(definition, stored('string', '.spec.age'))).toEqual({
      'spec.validation.openAPIV3Schema.properties.spec.type': 'confirmed',
      'spec.additionalPrinterColumns[0].JSONPath': 'confirmed',
    });
  });

  it('HorizontalPodAutoscaler: the share of CPU is a metric', () => {
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const declared: JsonObject = {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: { maxReplicas: 5, scaleTargetRef: target, targetCPUUtilizationPercentage: 60 },
    };
    const live = (averageUtilization: number): JsonObject => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: target,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
          },
        ],
      },
    });
    expect(find(declared, live(60))).toEqual({});
    expect(find(declared, live(90))).toEqual({
      'spec.targetCPUUtilizationPercentage': 'confirmed',
    });
  });
});
