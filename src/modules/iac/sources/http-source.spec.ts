import type http from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OutboundGuard } from '../../../core/http/outbound/index.js';
import { readAll, serve } from './testing.js';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function server(handle: http.RequestListener): Promise<string> {
  const started = await serve(handle);
  ({ close } = started);
  return `http://${started.host}`;
}

describe('a state behind HTTP', () => {
  it('is read with basic auth and headers, and its ETag is kept', async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const base = await server((request, response) => {
      seen.push(request.headers);
      response.writeHead(200, { etag: '"v7"' }).end('{"version":4}');
    });
    const credentials = {
      username: 'ci',
      password: 'pw',
      headers: 'PRIVATE-TOKEN: glpat-1\nX-A: b',
    };
    const [document] = await readAll(`${base}/state/prod?x=1`, credentials);
    expect(document).toMatchObject({
      name: `${base}/state/prod`,
      version: '"v7"',
      content: '{"version":4}',
    });
    expect(seen[0]).toMatchObject({
      authorization: `Basic ${Buffer.from('ci:pw').toString('base64')}`,
      'private-token': 'glpat-1',
      'x-a': 'b',
    });
  });

  it('may be packed on the way', async () => {
    const base = await server((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"version":4}'));
    });
    expect((await readAll(base))[0]?.content).toBe('{"version":4}');
  });

  it.each([
    [401, 'SOURCE.DENIED'],
    [403, 'SOURCE.DENIED'],
    [404, 'SOURCE.STATE_MISSING'],
    [204, 'SOURCE.STATE_MISSING'],
    [412, 'SOURCE.CHANGED_WHILE_READ'],
    [429, 'SOURCE.THROTTLED'],
    [503, 'SOURCE.UNREACHABLE'],
    [418, 'SOURCE.ANSWER_INVALID'],
  ])('that answers %i is %s', async (status, code) => {
    const base = await server((_request, response) => void response.writeHead(status).end());
    await expect(readAll(`${base}/s`, { token: 'canary-7f' })).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('canary-7f'),
    });
  });

  it('that is cut short is never taken for whole', async () => {
    const base = await server((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"version":4', () => response.destroy());
    });
    await expect(readAll(base)).rejects.toMatchObject({
      code: expect.stringMatching(/^SOURCE\.(TRUNCATED|UNREACHABLE)$/),
    });
  });

  it('that is announced or grows too large ends there', async () => {
    const announced = await server((_request, response) => {
      response.writeHead(200, { 'content-length': String(5 * 1024 * 1024) }).write('{');
    });
    await expect(readAll(announced)).rejects.toMatchObject({ code: 'SOURCE.STATE_TOO_LARGE' });
    await close();
    let sent = 0;
    const endless = await server((_request, response) => {
      const more = (): void => {
        sent += 64 * 1024;
        if (!response.destroyed) response.write(' '.repeat(64 * 1024), more);
      };
      more();
    });
    await expect(readAll(endless)).rejects.toMatchObject({ code: 'SOURCE.STATE_TOO_LARGE' });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('that is a gzip bomb ends at the same limit', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    const base = await server((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    await expect(readAll(base)).rejects.toMatchObject({ code: 'SOURCE.STATE_TOO_LARGE' });
  });

  it('that falls silent is given up', async () => {
    const base = await server((_request, response) => void response.writeHead(200).write('{'));
    await expect(readAll(base, {}, { idleMs: 200 })).rejects.toMatchObject({
      code: 'SOURCE.UNREACHABLE',
    });
  });

  it('ends at once when the reader leaves', async () => {
    const controller = new AbortController();
    const base = await server((_request, response) => {
      response.writeHead(200).write('{');
      controller.abort(new Error('the scan was stopped'));
    });
    await expect(readAll(base, {}, {}, controller.signal)).rejects.toThrow('the scan was stopped');
  });

  it('is not asked where the guard forbids it', async () => {
    let asked = 0;
    const base = await server((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const outbound = new OutboundGuard();
    await expect(readAll(base, {}, { outbound })).rejects.toMatchObject({
      code: 'OUTBOUND.HOST_FORBIDDEN',
    });
    expect(asked).toBe(0);
  });

  it('where nobody listens says so', async () => {
    const base = await server(() => undefined);
    await close();
    await expect(readAll(base)).rejects.toThrow(/nothing listens there/);
  });
});

describe('a URL', () => {
  it.each([
    ['ftp://x/y', /no kind of source/],
    ['not a url', /no URL of a state/],
    ['https://user:pw@host/x', /credentials do not belong/],
    ['https://host/x?token=abc', /looks like a secret/],
    ['s3://bucket/key?regoin=x', /no parameter "regoin"/],
    ['s3://bucket/key?region=evil.example/', /no AWS region/],
    ['git::ssh://git@host/x', /credentials do not belong/],
    ['git::file:///etc', /SSH is not supported/],
    ['k8s://UPPER/x?server=https://k', /k8s:\/\/namespace/],
  ])('%s is refused', async (url, message) => {
    await expect(readAll(url)).rejects.toThrow(message);
  });

  it('never shows the password it carries', async () => {
    await expect(readAll('pg://u:canary-1@host/db')).rejects.not.toThrow(/canary-1/);
  });

  it('takes only known credential fields', async () => {
    await expect(readAll('https://h/x', { apiKey: 'x' })).rejects.toThrow(/no credential field/);
    await expect(readAll('https://h/x', { headers: 'A: b\r\nC' })).rejects.toThrow(/Name: value/);
  });
});
