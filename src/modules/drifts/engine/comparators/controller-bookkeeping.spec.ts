import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();

function compare(manifest: JsonObject, live: JsonObject, kind = 'Deployment') {
  const object = (metadata: JsonObject): JsonObject => ({ apiVersion: 'apps/v1', kind, metadata });
  return outline(compareManifest(object(manifest), object(live), { knowledge })).findings;
}

describe('controller-bookkeeping', () => {
  it('is silent about what controllers and tools write for themselves', () => {
    const live = {
      annotations: {
        team: 'a',
        'deployment.kubernetes.io/revision': '127',
        'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z',
        'pv.kubernetes.io/bind-completed': 'yes',
      },
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      finalizers: ['kubernetes.io/pvc-protection'],
      uid: 'u',
      resourceVersion: '9',
      generation: 3,
    };
    expect(compare({ annotations: { team: 'a' } }, live)).toEqual({});
  });

  it('speaks about a declared annotation, and mentions one nobody knows', () => {
    const live = { annotations: { team: 'b', debug: 'on' }, finalizers: ['example.org/hold'] };
    expect(compare({ annotations: { team: 'a' } }, live)).toEqual({
      'metadata.annotations.team': 'confirmed',
      'metadata.annotations.debug': 'potential',
      'metadata.finalizers[0]': 'potential',
    });
  });

  it('takes a tracking label for one only from the tool that writes it', () => {
    const live = (manager: string): JsonObject => ({
      labels: { 'app.kubernetes.io/instance': 'shop' },
      managedFields: [
        {
          manager,
          operation: 'Update',
          fieldsV1: { 'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/instance': {} } } },
        },
      ],
    });
    expect(compare({}, live('argocd-controller'))).toEqual({});
    expect(compare({}, live('kubectl-label'))).toEqual({
      'metadata.labels["app.kubernetes.io/instance"]': 'confirmed',
    });
  });

  it('knows the labels of a Job by its own name and uid', () => {
    const own = { name: 'sum', uid: 'u', labels: { 'job-name': 'sum', 'controller-uid': 'u' } };
    expect(compare({ name: 'sum' }, own, 'Job')).toEqual({});
    const foreign = { ...own, labels: { 'job-name': 'other' } };
    expect(compare({ name: 'sum' }, foreign, 'Job')).toEqual({
      'metadata.labels.job-name': 'potential',
    });
  });

  it('knows the token secrets of a ServiceAccount by its name', () => {
    const account = (secrets: JsonObject[]): JsonObject => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
      secrets,
    });
    const find = (name: string) =>
      outline(
        compareManifest(account([{ name: 'robot' }]), account([{ name: 'robot' }, { name }]), {
          knowledge,
        }),
      ).findings;
    expect(find('robot-token-k42bt')).toEqual({});
    expect(find('stolen-token-k42bt')).toEqual({ 'secrets.stolen-token-k42bt': 'potential' });
  });
});
