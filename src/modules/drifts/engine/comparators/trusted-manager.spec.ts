import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareManifest, outline } from '../testing/compare-manifest.js';

const live: JsonObject = {
  kind: 'Deployment',
  metadata: {
    managedFields: [
      { manager: 'scaler', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    ],
  },
  spec: { replicas: 2, paused: true },
};
const manifest: JsonObject = { kind: 'Deployment', spec: { replicas: 3, paused: false } };

function find(trustedManagers: string[]) {
  return outline(compareManifest(manifest, live, { options: { trustedManagers } })).findings;
}

describe('trusted-manager', () => {
  it('leaves a field to the manager the user trusts, and no other field', () => {
    expect(find(['scaler'])).toEqual({ 'spec.paused': 'confirmed' });
  });

  it('speaks when somebody else is trusted', () => {
    expect(find(['another'])).toEqual({ 'spec.replicas': 'confirmed', 'spec.paused': 'confirmed' });
  });
});
