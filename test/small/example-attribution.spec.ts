import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GcpCloud } from '../../sandbox/gcp/gcp-cloud.js';
import { loadGcpEstate } from '../../sandbox/gcp/gcp-estate.js';
import { serveCloud, type RunningServer } from '../../sandbox/server/cloud-server.js';
import type { ChangeHistory } from '../../src/core/providers/index.js';
import { attributeDrifts } from '../../src/modules/drifts/attribution/attribute-drifts.js';
import { GcpInventoryFactory } from '../../src/services/gcp/index.js';
import { EXAMPLES } from '../support/example-estate.js';

interface ExpectedDrift {
  readonly environment: string;
  readonly address: string;
  readonly drift_type: 'modified' | 'deleted';
  readonly paths: readonly { readonly path: string }[];
  readonly attribution?: object;
}

const PROJECT = 'brambleway-data';
/** As the inventory names what the code names, and the deleted one as the code does. */
const IDS: Readonly<Record<string, string>> = {
  'google_compute_firewall.ssh': `//compute.googleapis.com/projects/${PROJECT}/global/firewalls/data-allow-ssh`,
  'google_storage_bucket.partner_exports': '//storage.googleapis.com/brambleway-partner-exports',
  'google_storage_bucket_iam_binding.export_readers':
    '//storage.googleapis.com/brambleway-partner-exports',
  'google_sql_database_instance.tracking': `//cloudsql.googleapis.com/projects/${PROJECT}/instances/tracking`,
  'google_pubsub_topic.returns': `projects/${PROJECT}/topics/parcel-returns`,
};

const file = readFileSync(path.join(EXAMPLES, 'expected.json'), 'utf8');
const { drifts } = JSON.parse(file) as { readonly drifts: readonly ExpectedDrift[] };
const expected = drifts.filter(({ environment }) => environment === 'production-gcp');

let server: RunningServer;
let history: ChangeHistory | undefined;
beforeAll(async () => {
  const estate = loadGcpEstate(path.join(EXAMPLES, 'live'));
  server = await serveCloud(new GcpCloud(estate), 0);
  const connection = { provider: 'gcp' as const, endpoint: server.url, regions: [] };
  const credentials = { accessToken: estate[0]?.token ?? '', scope: `projects/${PROJECT}` };
  history = new GcpInventoryFactory().create({ ...connection, credentials }).history;
});
afterAll(() => server.close());

describe('the audit log of the example estate', () => {
  it.each(expected.map((drift) => [drift.address, drift] as const))(
    'names who made the drift of %s',
    async (address, { drift_type: driftType, paths, attribution }) => {
      if (history === undefined) throw new Error('Google Cloud has a change history');
      const resource = {
        provider: 'gcp' as const,
        type: address.split('.')[0] ?? '',
        id: IDS[address] ?? '',
        name: null,
        aliases: [],
        scope: { accountId: PROJECT, region: null, namespace: null },
      };
      const changes = paths.map(({ path: at }, index) => ({
        id: String(index),
        property_path: at,
        actual_path: at,
      }));
      const before = new Date();
      const run = attributeDrifts([{ id: 'one', driftType, resource, changes }], {
        history,
        window: { after: null, before },
        until: new Date(before.getTime() + 60_000),
        signal: new AbortController().signal,
        notice: ({ message }) => {
          throw new Error(message);
        },
      });
      for await (const found of run) expect(found.attribution).toMatchObject(attribution ?? {});
      expect(attribution).toBeDefined();
    },
  );
});
