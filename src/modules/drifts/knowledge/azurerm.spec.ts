import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { compareCloud } from './testing/compare-cloud.js';

interface Twin {
  readonly type: string;
  readonly armType: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly row: JsonObject;
  /** What somebody changed in ARM, and where the code would say it. */
  readonly drifts: readonly { at: (string | number)[]; to: JsonValue; path: string }[];
}

const folder = path.join(import.meta.dirname, 'testdata/azurerm');
const twins = readdirSync(folder)
  .sort()
  .flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Twin[]);

function changed(row: JsonObject, at: readonly (string | number)[], to: JsonValue): JsonObject {
  const copy = structuredClone(row);
  let place: Record<string | number, JsonValue> = copy;
  for (const key of at.slice(0, -1))
    place = place[key] as unknown as Record<string | number, JsonValue>;
  const last = at.at(-1) ?? '';
  if (to === null) Reflect.deleteProperty(place, last);
  else place[last] = to;
  return copy;
}

function compare({ type, armType, id, attributes }: Twin, row: JsonObject) {
  return compareCloud({
    declared: { format: 'terraform-state-attributes', type, attributes },
    actual: { format: 'azure-resource-graph', type: armType.toLowerCase(), id, properties: row },
  });
}

describe('azurerm against Azure Resource Graph', () => {
  it('covers at least forty types', () => {
    expect(new Set(twins.map(({ type }) => type)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(twins.map((twin) => [twin.type, twin] as const))(
    '%s: the clean twin is silent',
    (_, twin) => {
      const outcome = compare(twin, twin.row);
      expect(outcome.missing).toEqual([]);
      expect(outcome.findings.filter(({ verdict }) => verdict !== 'unverifiable')).toEqual([]);
      const { declared_leaves: declared, compared_leaves: compared } = outcome.coverage;
      expect(compared / declared).toBeGreaterThan(0.75);
    },
  );

  it.each(
    twins.flatMap((twin) =>
      twin.drifts.map((drift) => [twin.type, drift.path, twin, drift] as const),
    ),
  )('%s: speaks at %s', (_, place, twin, { at, to }) => {
    const confirmed = compare(twin, changed(twin.row, at, to)).findings.flatMap((finding) =>
      finding.verdict === 'confirmed' ? [finding.path] : [],
    );
    expect(confirmed.filter((found) => found.startsWith(place))).not.toEqual([]);
  });

  it('finds code without an id by group and name, never in another group', () => {
    const code = { name: 'kv', resource_group_name: 'rg-shop', sku_name: 'standard' };
    const outcome = (group: string) =>
      compareCloud({
        declared: { format: 'terraform-hcl-json', type: 'azurerm_key_vault', attributes: code },
        actual: {
          format: 'azure-resource-graph',
          type: 'microsoft.keyvault/vaults',
          id: `/subscriptions/0/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv`,
          properties: { name: 'kv', properties: { sku: { name: 'premium' } } },
        },
      });
    expect(outcome('RG-Shop').findings).toMatchObject([{ path: 'sku_name', actual: 'premium' }]);
    expect(outcome('rg-other').findings).toEqual([]);
  });
});
