import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareCase, NO_KNOWLEDGE, readCase, type CaseOutcome } from '../../index.js';

const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Web/serverFarms/plan';

function compare(attributes: JsonObject, row: JsonObject): CaseOutcome {
  const source = {
    name: 'plan',
    provider: 'azure',
    declared: {
      format: 'azapi',
      resources: [
        { address: 'azapi_resource.plan', type: 'Microsoft.Web/serverFarms', id, attributes },
      ],
    },
    actual: {
      format: 'azure-resource-graph',
      resources: [{ type: 'microsoft.web/serverfarms', id: id.toLowerCase(), properties: row }],
    },
  };
  return compareCase(readCase(source), NO_KNOWLEDGE, false);
}

const declared = {
  name: 'plan',
  location: 'westeurope',
  tags: { env: 'p' },
  body: { sku: { name: 'P1v3' }, properties: { zoneRedundant: true } },
};

describe('azapi lens', () => {
  it('is silent on what Azure adds, re-cases and reports', () => {
    const outcome = compare(declared, {
      id: id.toLowerCase(),
      name: 'plan',
      location: 'West Europe',
      tags: { env: 'p', 'hidden-link: /x': 'y' },
      sku: { name: 'P1V3', tier: 'PremiumV3' },
      properties: { zoneRedundant: true, provisioningState: 'Succeeded', numberOfSites: 3 },
    });
    expect(outcome.findings).toEqual([]);
    expect(outcome.suppressed.every((entry) => entry.rule !== '')).toBe(true);
    expect(outcome.coverage.compared_leaves).toBe(outcome.coverage.declared_leaves);
  });

  it('speaks in the words of ARM when a property changed', () => {
    const outcome = compare(declared, {
      location: 'westeurope',
      tags: { env: 'dev' },
      sku: { name: 'P1v3' },
      properties: { zoneRedundant: false },
    });
    expect(outcome.findings.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['properties.zoneRedundant', 'confirmed'],
      ['tags.env', 'confirmed'],
    ]);
  });

  it('compares the parts of the envelope that code may set, and not the others', () => {
    const site = { ...declared, body: { ...declared.body, kind: 'app,linux', etag: 'a' } };
    const row = (kind: string) => ({
      name: 'plan',
      location: 'westeurope',
      tags: { env: 'p' },
      kind,
      etag: 'b',
      managedBy: '/subscriptions/0/x',
      sku: { name: 'P1v3' },
      properties: { zoneRedundant: true },
    });
    expect(compare(site, row('App,Linux')).findings).toEqual([]);
    expect(compare(site, row('functionapp')).findings).toMatchObject([
      { path: 'kind', verdict: 'confirmed' },
    ]);
    expect(compare(declared, row('functionapp')).findings).toEqual([]);
  });

  it('reads a body written as JSON text, and says of a password that nobody can tell', () => {
    const outcome = compare(
      { ...declared, body: JSON.stringify({ properties: { administratorPassword: 'p4ss' } }) },
      { location: 'westeurope', tags: { env: 'p' }, properties: {} },
    );
    expect(outcome.findings).toEqual([
      expect.objectContaining({
        path: 'properties.administratorPassword',
        verdict: 'unverifiable',
        declared: '(sensitive)',
      }),
    ]);
  });
});
