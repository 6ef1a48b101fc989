import { describe, expect, it } from '@jest/globals';
import { ValueMasker } from '../../../core/privacy/index.js';
import { type ActualResource, NO_SCOPE } from '../../../core/providers/index.js';
import type { Finding } from '../engine/index.js';
import { draftChange } from './draft-changes.js';

const masker = new ValueMasker((value) => `h${value.length}`);
const environment = (name: string, value: string) => ({ containers: [{ env: [{ name, value }] }] });
const live = (name: string, value: string): ActualResource => ({
  type: 'v1/Pod',
  format: 'k8s-live',
  provider: 'kubernetes',
  id: 'v1/Pod/shop/api',
  aliases: [],
  name: 'api',
  properties: environment(name, value),
  companions: null,
  tags: {},
  scope: NO_SCOPE,
  capturedAt: null,
  contentHash: null,
});
const finding: Finding = {
  address: 'v1/Pod/shop/api',
  path: 'containers[0].env[0].value',
  actualPath: 'containers[0].env[0].value',
  verdict: 'confirmed',
  change: 'modified',
  declared: 'abc',
  actual: 'other',
  rule: null,
  explanation: 'The values differ.',
  sensitive: false,
  security: null,
};

describe('draftChange', () => {
  const draft = (name: string, change: Partial<Finding> = {}) =>
    draftChange(
      { ...finding, ...change },
      {
        masker,
        declared: environment(name, 'abc'),
        actual: live(name, 'other'),
        secrets: new Set(),
      },
    );

  it('hides the value of an entry named like a secret, however short it is', () => {
    expect(draft('DB_PASSWORD')).toMatchObject({
      declared_value: { $sensitive: 'h3' },
      actual_value: { $sensitive: 'h5' },
    });
    expect(draft('DB_PASSWORD', { declared: null, change: 'added' })).toMatchObject({
      declared_value: null,
      actual_value: { $sensitive: 'h5' },
    });
  });

  it('shows the value of any other entry', () => {
    expect(draft('LOG_LEVEL')).toMatchObject({ declared_value: 'abc', actual_value: 'other' });
  });
});
