import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.js';
import {
  addressOf,
  confirmedChanges,
  DECLARED_AWS,
  DECLARED_AZURE,
  DECLARED_GCP,
  DECLARED_KUBERNETES,
  EXAMPLES,
  recorded,
  type Report,
  scan,
} from '../support/example-estate.js';

const SECRET = 'aws_secretsmanager_secret.orders_db';

/** One line for each confirmed difference. */
function confirmed(report: Report): string[] {
  return report.drifts
    .filter(({ verdict }) => verdict === 'confirmed')
    .flatMap((drift) => {
      const paths = confirmedChanges(drift).map((change) => change.property_path);
      const own = `${drift.drift_type} ${addressOf(drift)}`;
      return paths.length === 0 ? [own] : paths.map((at) => `${own} ${at}`);
    })
    .sort();
}

describe('the example estate behind the real protocols', () => {
  let sandbox: RunningSandbox;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-estate-'));
    sandbox = await startSandbox({
      estate: path.join(EXAMPLES, 'live'),
      awsPort: 0,
      kubernetesPort: 0,
    });
    const [account] = sandbox.addresses.aws?.accounts ?? [];
    process.env.AWS_ACCESS_KEY_ID = account?.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = account?.secretAccessKey;
  });

  afterAll(async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds through AWS Config what the recorded items show, and says which type was denied', async () => {
    const live = await scan([
      ...DECLARED_AWS,
      ...['--aws', '--endpoint', sandbox.addresses.aws?.endpoint ?? ''],
      ...['--region', 'eu-central-1', '--region', 'us-east-1'],
    ]);
    const offline = await scan([...DECLARED_AWS, ...recorded('live/aws')]);

    expect(confirmed(live.report)).toEqual(confirmed(offline.report));
    expect(live.report.coverage.filter(({ status }) => status === 'denied')).toEqual([
      expect.objectContaining({ type: 'AWS::SecretsManager::Secret' }),
    ]);
    expect(live.report.drifts.map(addressOf)).not.toContain(SECRET);
    expect(live.code).toBe(1);
  });

  it('finds through Azure Resource Graph what the recorded rows show', async () => {
    const { azure } = sandbox.addresses;
    const [subscription = ''] = azure?.subscriptions ?? [];
    const endpoint = azure?.endpoint ?? '';
    const live = await scan(
      [...DECLARED_AZURE, '--azure-subscription', subscription, '--endpoint', endpoint],
      { AZURE_ACCESS_TOKEN: azure?.accessToken },
    );
    const offline = await scan([...DECLARED_AZURE, ...recorded('live/azure')]);

    expect(confirmed(live.report)).toEqual(confirmed(offline.report));
    expect(live.report.coverage.every(({ status }) => status === 'complete')).toBe(true);
  });

  it('finds through Cloud Asset Inventory what the recorded assets show', async () => {
    const { gcp } = sandbox.addresses;
    const live = await scan(
      [...DECLARED_GCP, '--gcp-project', 'brambleway-data', '--endpoint', gcp?.endpoint ?? ''],
      { GOOGLE_OAUTH_ACCESS_TOKEN: gcp?.projects[0]?.accessToken },
    );
    const offline = await scan([...DECLARED_GCP, ...recorded('live/gcp/brambleway-data')]);

    expect(confirmed(live.report)).toEqual(confirmed(offline.report));
    expect(live.report.coverage.every(({ status }) => status === 'complete')).toBe(true);
  });

  it('finds through the Kubernetes API what the recorded objects show', async () => {
    const [cluster] = sandbox.addresses.kubernetes;
    const kubeconfig = path.join(folder, 'config');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'example',
        contexts: [{ name: 'example', context: { cluster: 'brambleway-prod', user: 'reader' } }],
        clusters: [{ name: 'brambleway-prod', cluster: { server: cluster?.endpoint } }],
        users: [{ name: 'reader', user: { token: cluster?.token } }],
      }),
    );
    const live = await scan([...DECLARED_KUBERNETES, '--kubeconfig', kubeconfig]);
    const offline = await scan([
      ...DECLARED_KUBERNETES,
      ...recorded('live/kubernetes/brambleway-prod'),
    ]);

    expect(confirmed(live.report)).toEqual(confirmed(offline.report));
    expect(live.report.coverage.every(({ status }) => status === 'complete')).toBe(true);
  });
});
