import { describe, expect, it } from '@jest/globals';
import type { ActualResource, JsonValue } from '../../../core/providers/index.js';
import { attributeByState, latestOf } from './attribute-by-state.js';

const entry = (manager: string, time: string, fieldsV1: JsonValue, operation = 'Update') => ({
  manager,
  operation,
  time,
  apiVersion: 'apps/v1',
  fieldsType: 'FieldsV1',
  fieldsV1,
});
const REPLICAS = { 'f:spec': { 'f:replicas': {} } };
const IMAGE = {
  'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } },
};

function deployment(...managedFields: JsonValue[]): ActualResource {
  return {
    type: 'Deployment',
    format: 'k8s-live',
    provider: 'kubernetes',
    id: 'apps/v1/Deployment/shop/web',
    aliases: [],
    name: 'web',
    properties: {
      metadata: { name: 'web', managedFields },
      spec: { replicas: 4, containers: [{ name: 'web', image: 'web:2' }] },
    },
    companions: null,
    tags: {},
    scope: { accountId: 'test', region: null, namespace: 'shop' },
    capturedAt: null,
    contentHash: null,
  };
}

describe('attribution by field managers', () => {
  it('names the one owner of a field, and is sure', () => {
    const live = deployment(
      entry('kubectl-client-side-apply', '2026-01-01T00:00:00Z', IMAGE),
      entry('kubectl-edit', '2026-02-01T00:00:00Z', REPLICAS),
    );
    expect(attributeByState(live, 'spec.replicas')).toEqual({
      source: 'kubernetes-managed-fields',
      actor: 'kubectl-edit',
      client: 'cli',
      at: '2026-02-01T00:00:00Z',
      action: 'Update',
      confidence: 'high',
      candidates: 1,
    });
    expect(attributeByState(live, 'spec.containers[0].image')).toMatchObject({
      actor: 'kubectl-client-side-apply',
      client: 'iac',
    });
  });

  it('takes the latest of several owners, and says that there were several', () => {
    const live = deployment(
      entry('argocd-controller', '2026-03-01T00:00:00Z', REPLICAS, 'Apply'),
      entry('kube-controller-manager', '2026-03-02T00:00:00Z', REPLICAS),
    );
    expect(attributeByState(live, 'spec.replicas')).toMatchObject({
      actor: 'kube-controller-manager',
      client: 'controller',
      confidence: 'medium',
      candidates: 2,
    });
  });

  it('attributes the resource as a whole to whoever wrote it last', () => {
    const live = deployment(
      entry('helm', '2026-01-01T00:00:00Z', IMAGE),
      entry('node-fetch', '2026-01-02T00:00:00Z', REPLICAS),
    );
    expect(attributeByState(live, '')).toMatchObject({ actor: 'node-fetch', client: 'console' });
  });

  it.each([
    ['nobody owns the field', deployment(entry('helm', '2026-01-01T00:00:00Z', IMAGE)), 'spec.x'],
    ['the object came without managers', deployment(), 'spec.replicas'],
    ['another vocabulary', { ...deployment(), format: 'aws-config' as const }, 'spec.replicas'],
  ])('says nothing when %s', (_why, live, path) => {
    expect(attributeByState(live, path)).toBeNull();
  });

  it('orders by time', () => {
    const at = (time: string | null) => ({
      source: 'aws-cloudtrail' as const,
      actor: time,
      client: 'cli' as const,
      at: time,
      action: null,
      confidence: 'low' as const,
      candidates: 1,
    });
    expect(latestOf([at(null), at('2026-01-02'), at('2026-01-01')])?.actor).toBe('2026-01-02');
    expect(latestOf([])).toBeNull();
  });
});
