import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAll, serve } from './testing.js';

const STATE = JSON.stringify({ version: 4, pad: 'y'.repeat(80) });
const hash = (content: string): string => createHash('md5').update(content).digest('hex');

function chunked(key: string, packed: Buffer, claimed = hash(STATE)): [string, Buffer][] {
  const pieces = [packed.subarray(0, 30), packed.subarray(30)];
  const chunks = pieces.map((_, n) => `${key}/tfstate.${claimed}/${n}`);
  return [
    [key, Buffer.from(JSON.stringify({ 'current-hash': claimed, chunks }))],
    ...pieces.map((piece, n): [string, Buffer] => [chunks[n] ?? '', piece]),
  ];
}

const PAIRS = new Map<string, Buffer>([
  ['tf/plain', Buffer.from(STATE)],
  ['tf/packed', gzipSync(STATE)],
  ['tf/plain-env:prod', Buffer.from('{"version":4}')],
  ...chunked('tf/large', Buffer.from(STATE)),
  ...chunked('tf/large-packed', gzipSync(STATE)),
  ...chunked('tf/mixed', Buffer.from(STATE), 'another'),
  ...chunked('tf/gone', Buffer.from(STATE)).slice(0, 2),
  ['tf/stray', Buffer.from(JSON.stringify({ 'current-hash': 'x', chunks: ['other/secret'] }))],
]);

let host: string;
let close: () => Promise<void>;
beforeAll(async () => {
  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://consul');
    const value = PAIRS.get(decodeURIComponent(url.pathname.replace('/v1/kv/', '')));
    if (request.headers['x-consul-token'] !== 'acl-1') response.writeHead(403).end('no');
    else if (value === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify([{ Value: value.toString('base64'), ModifyIndex: 12 }]));
  });
  ({ host, close } = server);
});
afterAll(() => close());

const read = (path: string, token = 'acl-1') =>
  readAll(`consul://${host}/${path}${path.includes('?') ? '&' : '?'}scheme=http`, { token });

describe("Terraform's consul backend", () => {
  it.each(['tf/plain', 'tf/packed', 'tf/large', 'tf/large-packed'])('%s', async (path) => {
    const [document] = await read(path);
    expect(document?.content).toBe(STATE);
    expect(document?.version).toBe(path.includes('large') ? hash(STATE) : '12');
  });

  it('has a key for each workspace', async () => {
    expect((await read('tf/plain?workspace=prod'))[0]?.content).toBe('{"version":4}');
  });

  it.each([
    ['tf/nowhere', 'SOURCE.STATE_MISSING'],
    ['tf/mixed', 'SOURCE.CHANGED_WHILE_READ'],
    ['tf/gone', 'SOURCE.CHANGED_WHILE_READ'],
    ['tf/stray', 'SOURCE.ANSWER_INVALID'],
  ])('%s: %s', async (path, code) => {
    await expect(read(path)).rejects.toMatchObject({ code });
  });

  it('says which right is missing', async () => {
    await expect(read('tf/plain', 'wrong')).rejects.toThrow(/key_prefix/);
  });
});
