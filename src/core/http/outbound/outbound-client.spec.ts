import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedAgents } from './guarded-agents.js';
import { OutboundClient } from './outbound-client.js';
import { OutboundGuard, type Resolver } from './outbound-guard.js';
import { outboundRefusal } from './outbound.errors.js';

const { signal } = new AbortController();
let server: http.Server;
let port: number;
const seen: http.IncomingMessage[] = [];
let redirect = '';

beforeAll(async () => {
  server = http.createServer((request, response) => {
    seen.push(request);
    if (request.url === '/redirect') response.writeHead(302, { location: redirect }).end();
    else response.end('hello');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise((done) => server.close(done)));
afterEach(() => void seen.splice(0));

const loopback: Resolver = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

async function get(guard: OutboundGuard, url: string, headers: Record<string, string> = {}) {
  const client = new OutboundClient(guard);
  try {
    const answer = await client.request(url, { headers, signal });
    return await text(answer.body);
  } finally {
    await client.close();
  }
}

describe('an outgoing request', () => {
  it('goes to the address that was checked', async () => {
    const guard = new OutboundGuard(['127.0.0.0/8'], loopback);
    expect(await get(guard, `http://state.example:${port}/`)).toBe('hello');
    expect(seen[0]?.headers.host).toBe(`state.example:${port}`);
  });

  it('is not made to an address, in any spelling', async () => {
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]']) {
      await expect(get(new OutboundGuard(), `http://${host}:${port}/`)).rejects.toMatchObject({
        code: 'OUTBOUND.HOST_FORBIDDEN',
      });
    }
    expect(seen).toEqual([]);
  });

  it('is not led astray by a name server that changes its answer', async () => {
    let asked = 0;
    const rebinding: Resolver = () => {
      asked += 1;
      const address = asked === 1 ? '93.184.215.14' : '127.0.0.1';
      return Promise.resolve([{ address, family: 4 }]);
    };
    const guard = new OutboundGuard([], rebinding);
    await guard.resolve('rebind.example');
    await expect(get(guard, `http://rebind.example:${port}/`)).rejects.toMatchObject({
      code: 'OUTBOUND.HOST_FORBIDDEN',
    });
    expect(asked).toBe(2);
    expect(seen).toEqual([]);
  });

  it('follows a redirect, without the headers to another origin', async () => {
    redirect = `http://other.example:${port}/`;
    const guard = new OutboundGuard(['127.0.0.0/8'], loopback);
    const headers = { 'Private-Token': 'secret', Accept: 'application/json' };
    expect(await get(guard, `http://state.example:${port}/redirect`, headers)).toBe('hello');
    expect(seen[0]?.headers['private-token']).toBe('secret');
    expect(seen[1]?.headers['private-token']).toBeUndefined();
    expect(seen[1]?.headers.accept).toBe('application/json');
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', /metadata service/],
    ['http://0xa9fea9fe/', /metadata service/],
    ['http://10.0.0.1/', /private address/],
    ['file:///etc/passwd', /no http or https address/],
    ['http://user:word@state.example/', /user name/],
  ])('does not follow a redirect to %s', async (target, message) => {
    redirect = target;
    const guard = new OutboundGuard(['127.0.0.0/8'], loopback);
    await expect(get(guard, `http://state.example:${port}/redirect`)).rejects.toThrow(message);
  });

  it('does not run in circles', async () => {
    redirect = '/redirect';
    const guard = new OutboundGuard(['127.0.0.0/8'], loopback);
    await expect(get(guard, `http://state.example:${port}/redirect`)).rejects.toThrow(
      /more than 5 in a row/,
    );
  });
});

describe('agents for node:http', () => {
  const attempt = (guard: OutboundGuard, host: string): Promise<unknown> =>
    new Promise((resolve) => {
      const agents = guardedAgents(guard);
      http
        .get({ host, port, agent: agents.http }, (response) => resolve(response.statusCode))
        .on('error', resolve)
        .on('close', () => agents.http.destroy());
    });

  it('refuse names and addresses alike', async () => {
    const named = await attempt(new OutboundGuard([], loopback), 'state.example');
    expect(outboundRefusal(named)?.code).toBe('OUTBOUND.HOST_FORBIDDEN');
    await expect(attempt(new OutboundGuard(), '127.0.0.1')).rejects.toMatchObject({
      code: 'OUTBOUND.HOST_FORBIDDEN',
    });
    expect(seen).toEqual([]);
  });

  it('reach what is allowed', async () => {
    expect(await attempt(new OutboundGuard(['127.0.0.1'], loopback), 'state.example')).toBe(200);
  });
});
