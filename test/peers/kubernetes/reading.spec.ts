import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesPeer } from './cluster.js';
import { scan } from './scan.js';

const config = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { name },
});
const list = (items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items });
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] },
    },
  },
};
const AUTOSCALER = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 3,
    maxReplicas: 5,
  },
};

describe('reading a real cluster', () => {
  let cluster: KubernetesPeer;

  /** Writes objects to a folder of manifests of this name. */
  const manifests = async (name: string, objects: readonly object[]): Promise<string> => {
    const folder = path.join(cluster.folder, name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'objects.json'), JSON.stringify(list(objects)));
    return folder;
  };

  beforeAll(async () => {
    cluster = await KubernetesPeer.start(String(process.env.PEER_KUBERNETES));
  }, 300_000);
  afterAll(() => cluster.stop());

  it('reads a kind of more than one page to its end', async () => {
    const objects = Array.from({ length: 1300 }, (_, index) => config(`page-${index}`));
    const folder = await manifests('paged', objects);
    await cluster.kubectl('create', '-f', folder);
    const report = await scan(cluster, { manifests: folder, extra: ['--unmanaged', 'none'] });
    expect(report.drifts).toEqual([]);
    expect(report.summary).toMatchObject({ declared: 1300, in_sync: 1300 });
    await cluster.kubectl('delete', '-f', folder, '--wait=false');
  }, 300_000);

  it('takes the replicas an autoscaler set for no drift, and those beyond it for one', async () => {
    const folder = await manifests('scaled', [DEPLOYMENT, AUTOSCALER]);
    await cluster.kubectl('apply', '-f', folder);
    const replicas = () =>
      cluster.kubectl('get', 'deployment/web', '-o', 'jsonpath={.spec.replicas}');
    for (let waited = 0; (await replicas()) === '1' && waited < 60; waited++) await sleep(1000);
    expect(await replicas()).toBe('3');
    const raised = await scan(cluster, { manifests: folder, extra: ['--unmanaged', 'none'] });
    expect(raised.drifts).toEqual([]);

    await cluster.kubectl('delete', 'hpa/web');
    await cluster.kubectl('scale', 'deployment/web', '--replicas=40');
    const beyond = await scan(cluster, { manifests: folder, extra: ['--unmanaged', 'none'] });
    expect(beyond.drifts).toMatchObject([
      { drift_type: 'modified', changes: [{ property_path: 'spec.replicas', actual_value: 40 }] },
      { drift_type: 'deleted', resource_address: expect.stringContaining('Autoscaler') },
    ]);
  }, 300_000);

  it('tells a second applier that shares the object from one that changes it', async () => {
    const folder = await manifests('shared', [{ ...config('shared'), data: { mine: 'a' } }]);
    const serverSide = (manager: string) => ['--server-side', `--field-manager=${manager}`];
    await cluster.kubectl('apply', '-f', folder, ...serverSide('pipeline'));
    const of = (data: object) => ({ ...config('shared'), data });
    await cluster.kubectlApply(of({ theirs: 'b' }), serverSide('other-team'));
    const beside = await scan(cluster, { manifests: folder, extra: ['--unmanaged', 'none'] });
    expect(beside.drifts).toMatchObject([
      {
        verdict: 'potential',
        changes: [{ property_path: 'data.theirs', attribution: { actor: 'other-team' } }],
      },
    ]);

    const forced = [...serverSide('other-team'), '--force-conflicts'];
    await cluster.kubectlApply(of({ mine: 'c', theirs: 'b' }), forced);
    const over = await scan(cluster, { manifests: folder, extra: ['--unmanaged', 'none'] });
    const change = over.drifts[0]?.changes.find((one) => one.property_path === 'data.mine');
    expect(change).toMatchObject({
      verdict: 'confirmed',
      actual_value: 'c',
      attribution: { actor: 'other-team' },
    });
  });

  it('says what it may not read, and takes nothing of it for deleted', async () => {
    await cluster.kubectl('create', 'role', 'maps', '--verb=get,list', '--resource=configmaps');
    await cluster.kubectl('create', 'rolebinding', 'maps', '--role=maps', '--group=readers');
    const folder = await manifests('denied', [
      config('gone'),
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'hidden', namespace: 'default' } },
    ]);
    const report = await scan(cluster, {
      manifests: folder,
      token: 'tok-reader',
      extra: ['--unmanaged', 'none', '--namespace', 'default'],
    });
    expect(report.drifts).toMatchObject([
      { drift_type: 'deleted', resource_address: 'v1/ConfigMap/default/gone' },
    ]);
    const status = (type: string) => report.coverage.find((one) => one.type === type);
    expect(status('v1/ConfigMap')).toMatchObject({ status: 'complete' });
    expect(status('v1/Service')).toMatchObject({
      status: 'denied',
      message: expect.stringContaining('services'),
    });
    expect(report.exitCode).toBe(1);
  });

  it('refuses a token nobody knows with a message, not with drifts', async () => {
    const folder = await manifests('unknown', [config('gone')]);
    await expect(scan(cluster, { manifests: folder, token: 'tok-nobody' })).rejects.toThrow(
      /401|credentials|[Uu]nauthorized/,
    );
  });
});
