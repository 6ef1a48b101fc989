import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { ConfigValues } from '../../../src/core/config/index.js';
import { TestContext } from '../../support/test-context.js';

describe('the API towards browsers and the rude', () => {
  let test: TestContext | undefined;
  let opened = '';

  /** The same one as long as nothing differs: starting takes seconds. */
  async function open(changes: Partial<ConfigValues> = {}): Promise<TestContext> {
    const key = JSON.stringify(changes);
    if (test !== undefined && key === opened) return test;
    await test?.close();
    [test, opened] = [await TestContext.open(changes), key];
    return test;
  }

  async function headersAt(url: string, headers: Record<string, string> = {}) {
    if (test === undefined) throw new Error('nothing is open');
    return (await test.app.inject({ method: 'GET', url, headers })).headers;
  }

  afterAll(() => test?.close());

  it('lets nothing inline run or style, and no page be framed', async () => {
    await open();
    for (const url of ['/health/live', '/docs', '/api/v1/nowhere']) {
      const headers = await headersAt(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  it('serves the documentation page without anything inline', async () => {
    const { app } = await open();
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('swagger-ui-bundle.js');
    expect(page.body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)/);
    expect(page.headers['content-length']).toBe(String(Buffer.byteLength(page.body)));
  });

  it('counts by organization only for Prometheus that brings its token', async () => {
    const token = 'a-token-for-prometheus';
    const { app } = await open({ METRICS_TOKEN: token });
    if (test === undefined) throw new Error('nothing is open');
    const organization = await test.newOrganization();
    const login = await (await test.newUser(organization)).login();
    await test.request(login, 'GET', '/api/v1/environments');
    await test.request(login, 'GET', '/api/v1/environments/nowhere');
    const scrape = (authorization: string) =>
      app.inject({ method: 'GET', url: '/metrics', headers: { authorization } });
    const shown = await scrape(`Bearer ${token}`);
    expect(shown.body).toContain(
      `driftguard_tenant_requests_total{organization_id="${organization.id}",status="2xx"} 1`,
    );
    expect(shown.body).toContain('driftguard_http_request_duration_seconds_count');
    for (const other of ['', 'Bearer another-token', `Bearer ${login}`]) {
      const { statusCode, body } = await scrape(other);
      expect(statusCode).toBe(200);
      expect(body).toContain('driftguard_http_request_duration_seconds_count');
      expect(body).not.toContain(organization.id);
    }
  });

  it('asks for TLS for good where people reach it by TLS', async () => {
    await open({ PUBLIC_URL: 'https://driftguard.example' });
    const headers = await headersAt('/health/live');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it('opens itself to no other origin, and then only to the named ones', async () => {
    const origin = 'https://console.example';
    await open();
    expect(await headersAt('/health/live', { origin })).not.toHaveProperty(
      'access-control-allow-origin',
    );
    await open({ CORS_ORIGINS: [origin] });
    expect(await headersAt('/health/live', { origin })).toMatchObject({
      'access-control-allow-origin': origin,
    });
    const other = await headersAt('/health/live', { origin: 'https://console.example.evil' });
    expect(other).not.toHaveProperty('access-control-allow-origin');
  });

  it('names the methods of a path to who takes another', async () => {
    const { app } = await open();
    const answer = await app.inject({ method: 'DELETE', url: `/api/v1/scans/${randomUUID()}` });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(answer.json()).toMatchObject({ code: 'REQUEST.METHOD_NOT_ALLOWED' });
    expect((await app.inject('/api/v1/nowhere')).statusCode).toBe(404);
  });

  it.each(['/api/v1/%', `/api/v1/users/${'x'.repeat(300)}`])(
    'answers what its router refuses like everything else: %s',
    async (url) => {
      const { app } = await open();
      const answer = await app.inject(url);
      expect([400, 404]).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toHaveProperty('error_id');
    },
  );

  it.each([
    ['a name twice', '{"username":"a","username":"b","password":"x"}', /twice/],
    ['a way to prototypes', '{"__proto__":{"role":"admin"}}', /__proto__/],
    ['an escaped way to prototypes', String.raw`{"__pro\u0074o__":{}}`, /__proto__/],
    ['no bottom', '['.repeat(100_000) + ']'.repeat(100_000), /deeper/],
    ['no UTF-8', Buffer.from('{"username":"\xff"}', 'latin1'), /could not be read/],
    ['nothing', 'null', /null/],
    ['no JSON', '{"username":', /could not be read/],
  ])('refuses a body with %s', async (_what, payload, said) => {
    const { app } = await open();
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({
      ...{ method: 'POST', url: '/api/v1/auth/login', headers },
      payload,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ detail: string }>().detail).toMatch(said);
  });

  it('takes neither forms nor bodies that are too large', async () => {
    const { app } = await open({ BODY_LIMIT_BYTES: 2048 });
    const post = async (type: string, payload: string) =>
      app.inject({
        ...{ method: 'POST', url: '/api/v1/auth/login', payload },
        headers: { 'content-type': type },
      });
    const form = await post('application/x-www-form-urlencoded', 'username=a&password=b');
    expect([form.statusCode, form.json<{ code: string }>().code]).toEqual([
      415,
      'REQUEST.MEDIA_TYPE',
    ]);
    const large = await post('application/json', JSON.stringify({ username: 'x'.repeat(3000) }));
    expect([large.statusCode, large.json<{ code: string }>().code]).toEqual([
      413,
      'REQUEST.TOO_LARGE',
    ]);
  });

  it('cuts off a client that falls silent, not a slow one', async () => {
    const { app } = await open({ REQUEST_TIMEOUT_MS: 1000 });
    await app.listen(0, '127.0.0.1');
    const port = Number(new URL(await app.getUrl()).port);
    const body = JSON.stringify({ username: 'nobody', password: 'a passphrase for tests' });
    const head = [
      'POST /api/v1/auth/login HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      `content-length: ${body.length}`,
      'connection: close',
    ].join('\r\n');
    const send = async (parts: readonly string[], pause: number): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      for (const part of parts) {
        socket.write(part);
        await sleep(pause);
      }
      await closed;
      return answer;
    };
    const pieces = body.match(/.{1,12}/gs) ?? [];
    expect(await send([`${head}\r\n\r\n`, ...pieces], 400)).toContain('HTTP/1.1 401');
    expect(await send([`${head}\r\n\r\n`, '{"us'], 0)).not.toContain('HTTP/1.1 401');
  });
});
