import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobMetrics, MetricsServer } from '../../../src/core/metrics/index.js';
import { TestContext } from '../../support/test-context.js';

const TOKEN = 'a-token-for-prometheus';

describe('the metrics of a worker', () => {
  let test: TestContext;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    test = await TestContext.open({ WORKER_METRICS_PORT: port, METRICS_TOKEN: TOKEN });
    await test.get(MetricsServer).start();
  });
  afterAll(() => test.close());

  it('tell of its jobs, and of whom they are for who brings the token', async () => {
    test.get(JobMetrics).start('greet', 'an-organization')('completed');
    const shown = await text('/metrics', { authorization: `Bearer ${TOKEN}` });
    expect(shown).toContain(
      'driftguard_job_duration_seconds_count{job="greet",outcome="completed"',
    );
    expect(shown).toContain(
      'driftguard_tenant_jobs_total{organization_id="an-organization",job="greet",outcome="completed"} 1',
    );
    const hidden = await text('/metrics');
    expect(hidden).toContain('driftguard_job_duration_seconds_count');
    expect(hidden).not.toContain('an-organization');
  });

  it('are all that is served there', async () => {
    expect((await fetch(`${url}/api/v1/environments`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  async function text(path: string, headers: Record<string, string> = {}): Promise<string> {
    const answer = await fetch(url + path, { headers });
    expect(answer.status).toBe(200);
    return answer.text();
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
