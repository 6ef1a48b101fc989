import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '../../sandbox/server/cloud-server.js';
import type { DeclaredResource } from '../../src/core/providers/index.js';
import { NO_SCOPE } from '../../src/core/providers/index.js';
import { expectedTypes } from '../../src/modules/drifts/detection/expected-types.js';
import { openKnowledge } from '../../src/modules/drifts/knowledge/knowledge-shelf.js';
import { asset, connectTo, PROJECT, serveProject } from './services/gcp-sandbox.js';
import { control, readAll } from './services/reading.js';

const DATA = path.resolve(import.meta.dirname, '../../src/modules/drifts/knowledge/data/gcp');
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(DATA, `${name}.json`), 'utf8')) as Record<string, unknown>;
const published = new Set(
  Object.entries(read('asset-types'))
    .filter(([service]) => !service.startsWith('$'))
    .flatMap(([service, kinds]) => (kinds as string[]).map((kind) => `${service}/${kind}`)),
);
const mapped = read('terraform-types') as Record<string, readonly string[]>;

const open: (RunningServer | { close(): Promise<void> })[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function declared(type: string): DeclaredResource {
  return {
    provider: 'gcp',
    type,
    format: 'terraform-state-attributes',
    address: `${type}.one`,
    id: null,
    name: null,
    attributes: {},
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'x', line: null },
    contentHash: null,
  };
}

describe('the types of Cloud Asset Inventory', () => {
  it('are all read where they are there, and none is asked for because it exists', async () => {
    const unmapped = [...published].filter((type) => !Object.values(mapped).flat().includes(type));
    expect(unmapped.length).toBeGreaterThan(100);
    const assets = unmapped.map((type, n) =>
      asset(type, `//${type.split('/')[0] ?? ''}/projects/${PROJECT}/things/t${n}`, { n }),
    );
    const server = await serveProject(assets);
    const inventory = connectTo(server.url);
    open.push(server, inventory);
    const { resources, coverage } = await readAll(inventory);
    expect(new Set(resources.map(({ type }) => type))).toEqual(new Set(unmapped));
    expect(coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
    const { byType, byOperation } = await control(server, 'GET', 'calls');
    expect(new Set(Object.keys(byType as object))).toEqual(new Set(unmapped));
    // One listing of names for everything; then as many types at once as fit on a page.
    expect(byOperation).toMatchObject({ ListAssets: 1 });
    const listings = (byOperation as Record<string, number>)['ListAssets:RESOURCE'];
    expect(listings).toBeLessThanOrEqual(Math.ceil(unmapped.length / 40));
  });

  it('are asked for by name where the code declares them and nothing of them is there', async () => {
    const types = ['google_bigtable_instance', 'google_vertex_ai_index', 'google_project'];
    const expected = expectedTypes(types.map(declared), 'gcp', openKnowledge());
    expect(expected.map(({ type }) => type)).toEqual([
      'bigtableadmin.googleapis.com/Instance',
      'aiplatform.googleapis.com/Index',
      'cloudresourcemanager.googleapis.com/Project',
    ]);
    const server = await serveProject([]);
    const inventory = connectTo(server.url);
    open.push(server, inventory);
    const { coverage } = await readAll(inventory, { expected });
    for (const { type } of expected) {
      expect(coverage.find((one) => one.type === type)).toMatchObject({
        status: 'complete',
        resources: 0,
      });
    }
  });

  it.each([
    ['google_compute_vpn_gateway', 'compute.googleapis.com/TargetVpnGateway'],
    ['google_compute_region_instance_template', 'compute.googleapis.com/InstanceTemplate'],
    ['google_cloudbuild_trigger', 'cloudbuild.googleapis.com/BuildTrigger'],
    ['google_firestore_database', 'firestore.googleapis.com/Database'],
  ])('%s is found under %s', (type, assetType) => {
    expect(mapped[type]).toEqual([assetType]);
    expect(published).toContain(assetType);
  });

  it.each(['google_compute_network_peering', 'google_dns_record_set'])(
    '%s is found under none: another service has that kind, or its name is another',
    (type) => {
      expect(mapped[type]).toBeUndefined();
    },
  );
});
