import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();

function configMap(data: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function owned(manager: string, operation: string, ...keys: string[]): JsonObject {
  const fields = Object.fromEntries(keys.map((key) => [`f:${key}`, {}]));
  return { manager, operation, fieldsV1: { 'f:data': fields } };
}

function find(managedFields: JsonValue[], annotations: JsonObject = {}) {
  const live = configMap({ a: '1', b: '2' }, { managedFields, annotations });
  return outline(compareManifest(configMap({ a: '1' }), live, { knowledge }));
}

const applier = owned('helm-controller', 'Apply', 'a');

describe('field-ownership', () => {
  it('is silent about what the control plane wrote', () => {
    const outcome = find([applier, owned('kube-controller-manager', 'Update', 'b')]);
    expect(outcome).toEqual({ findings: {}, rules: { 'data.b': 'field-ownership' } });
  });

  it.each<[string, JsonValue[], string]>([
    ['a person', [applier, owned('kubectl-edit', 'Update', 'b')], 'confirmed'],
    ['the tool itself, from older code', [owned('flux', 'Apply', 'a', 'b')], 'confirmed'],
    ['another controller', [applier, owned('some-operator', 'Update', 'b')], 'potential'],
    ['nobody who is named', [applier], 'potential'],
    [
      'another tool that applies its own share',
      [owned('other-team', 'Apply', 'b'), applier],
      'potential',
    ],
  ])('speaks about a key written by %s', (_, managedFields, verdict) => {
    expect(find(managedFields).findings).toEqual({ 'data.b': verdict });
  });

  it('reads removal from the last applied configuration', () => {
    const annotation = (data: JsonObject): JsonObject => ({
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(configMap(data)),
    });
    expect(find([], annotation({ a: '1', b: '2' })).findings).toEqual({ 'data.b': 'confirmed' });
    expect(find([], annotation({ a: '1' })).findings).toEqual({ 'data.b': 'potential' });
  });

  it('does not trip over a broken annotation or field set', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{not json' };
    const broken = { manager: 'x', operation: 'Apply', fieldsV1: { 'f:data': { 'k:{': {} } } };
    expect(find([broken, { fieldsV1: 7 }, null], annotations).findings).toEqual({
      'data.b': 'potential',
    });
  });

  it('finds the owner of a list element by its key', () => {
    const pod = (ports: JsonObject[], managedFields: JsonValue[]): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { managedFields },
      spec: { ports },
    });
    const fields = (port: number): JsonObject => ({
      'f:spec': { 'f:ports': { [`k:{"port":${port},"protocol":"TCP"}`]: { 'f:port': {} } } },
    });
    const http = { port: 80, protocol: 'TCP' };
    const https = { port: 443, protocol: 'TCP' };
    const report = compareManifest(
      pod([http], []),
      pod(
        [http, https],
        [
          { manager: 'argocd', operation: 'Apply', fieldsV1: fields(80) },
          { manager: 'kubectl-patch', operation: 'Update', fieldsV1: fields(443) },
        ],
      ),
      { knowledge },
    );
    expect(report.findings.map(({ explanation }) => explanation)).toEqual([
      'It was written by hand (kubectl-patch).',
    ]);
  });
});
