import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const knowledge = openKnowledge();
const service = { name: 'istiod', namespace: 'istio-system' };

function configuration(webhook: JsonObject, annotations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { annotations },
    webhooks: [{ name: 'v.istio.io', ...webhook }],
  };
}

function find(live: JsonObject, facts: JsonObject = {}, annotations: JsonObject = {}) {
  const manifest = configuration(
    { failurePolicy: 'Ignore', clientConfig: { service } },
    annotations,
  );
  const setting = { knowledge, facts };
  return outline(compareManifest(manifest, configuration(live, annotations), setting)).findings;
}

const filled = { failurePolicy: 'Fail', clientConfig: { service, caBundle: 'LS0t' } };
const istio = { managers: { failurePolicy: 'pilot-discovery', caBundle: 'pilot-discovery' } };

describe('injected-webhook', () => {
  it('is silent about what Istio fills in on its own webhook', () => {
    expect(find(filled, istio)).toEqual({});
  });

  it('is silent about a bundle the manifest asks an injector for', () => {
    const live = { failurePolicy: 'Ignore', clientConfig: { service, caBundle: 'LS0t' } };
    expect(find(live, {}, { 'cert-manager.io/inject-ca-from': 'a/b' })).toEqual({});
  });

  it('speaks when nobody known wrote it', () => {
    expect(find(filled)).toEqual({
      'webhooks[0].failurePolicy': 'confirmed',
      'webhooks[0].clientConfig.caBundle': 'potential',
    });
  });

  it('speaks when the webhook is sent somewhere else', () => {
    const live = {
      failurePolicy: 'Fail',
      clientConfig: { caBundle: 'LS0t', url: 'https://evil.example/validate' },
    };
    expect(find(live, istio)).toMatchObject({ 'webhooks[0].clientConfig.service': 'confirmed' });
  });
});
