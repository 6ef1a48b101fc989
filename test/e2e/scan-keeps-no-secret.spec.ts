import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startWorker, type TestProcess } from '../support/child-processes.js';
import { SandboxCluster } from '../support/sandbox-cluster.js';
import { TestContext } from '../support/test-context.js';
import { ScanStory } from './scan-story.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The same objects, declared and live, with other secrets in every place a secret may stand. */
function objects(canary: string, extra: Record<string, string>): object[] {
  const metadata = { namespace: 'shop' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...metadata, name: 'db' },
      type: 'Opaque',
      data: { password: base64(canary) },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: 'settings' },
      data: {
        DATABASE_URL: `postgres://shop:${canary}@db.internal/shop`,
        'app.json': JSON.stringify({ smtp: { password: canary } }),
        API_TOKEN: canary,
        ...extra,
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, name: 'web' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'registry.example/web:1.0',
                env: [{ name: 'DB_PASSWORD', value: canary }],
              },
            ],
          },
        },
      },
    },
  ];
}

describe('a scan of an estate full of secrets', () => {
  const declared = 'canary-declared-41d7';
  const live = 'canary-live-9c03';
  const credential = 'canary-credential-77aa';
  let test: TestContext;
  let cluster: SandboxCluster;
  let worker: TestProcess;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `secrets-${process.pid}` });
    cluster = await SandboxCluster.start(objects(live, { LEVEL: 'debug' }), credential);
    worker = await startWorker(test.config);
  });
  afterAll(async () => {
    await worker.stop();
    await cluster.stop();
    await test.close();
  });

  /** Every row of every table, as the owner sees them. */
  async function everyRow(): Promise<string> {
    const owner = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_OWNER_USER'),
      password: test.config.get('DB_OWNER_PASSWORD'),
    });
    await owner.connect();
    try {
      const tables = await owner.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      );
      const texts: string[] = [];
      for (const { name } of tables.rows) {
        const { rows } = await owner.query<{ text: string }>(
          `select t::text as text from ${pg.escapeIdentifier(name)} t`,
        );
        texts.push(...rows.map(({ text }) => text));
      }
      return texts.join('\n');
    } finally {
      await owner.end();
    }
  }

  it('sees that they changed and shows none: not in rows, answers or logs', async () => {
    const manifests = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: objects(declared, { LEVEL: 'info' }),
    });
    const story = await ScanStory.begin(test, cluster, manifests);
    const scan = await story.finished(await story.requestScan());
    expect(scan.status).toBe('succeeded');

    const drifts = await story.drifts();
    expect(drifts.map((one) => one.resource_address).sort()).toEqual([
      'apps/v1/Deployment/shop/web',
      'v1/ConfigMap/shop/settings',
      'v1/Secret/shop/db',
    ]);
    const details = await Promise.all(drifts.map(({ id }) => story.call('GET', `drifts/${id}`)));
    expect(details.every(({ text }) => text.includes('$sensitive'))).toBe(true);
    expect(details.some(({ text }) => text.includes('debug'))).toBe(true);

    const everything = [
      await everyRow(),
      ...details.map(({ text }) => text),
      JSON.stringify([scan, drifts]),
      worker.output,
    ].join('\n');
    for (const secret of [declared, live, credential]) {
      for (const form of [secret, base64(secret), Buffer.from(secret).toString('hex')]) {
        expect(everything.includes(form)).toBe(false);
      }
    }
  }, 60_000);
});
