import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../core/providers/index.js';
import { compareCloud } from './testing/compare-cloud.js';

const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Search/searchServices/find';

function compare(properties: JsonObject) {
  const { findings, suppressed } = compareCloud({
    declared: {
      format: 'azapi',
      type: 'Microsoft.Search/searchServices',
      id,
      attributes: { name: 'find', body: { properties: { replicaCount: 1 } } },
    },
    actual: {
      format: 'azure-resource-graph',
      type: 'microsoft.search/searchservices',
      id,
      properties: { name: 'find', properties: { replicaCount: 1, ...properties } },
    },
  });
  return { findings, rules: suppressed.map(({ rule }) => rule) };
}

describe('azapi with the published ARM schemas', () => {
  it('knows what the service computes and what it fills in by default', () => {
    const { findings, rules } = compare({ hostingMode: 'Default', statusDetails: 'ok' });
    expect(findings).toEqual([]);
    expect(rules).toContain('declared-default');
  });

  it('says of a value away from its default that nobody declared it', () => {
    expect(compare({ hostingMode: 'highDensity' }).findings).toEqual([
      expect.objectContaining({ path: 'properties.hostingMode', verdict: 'potential' }),
    ]);
  });
});
