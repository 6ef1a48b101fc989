import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAll, serve } from './testing.js';

const STATE = JSON.stringify({ version: 4, pad: 'x'.repeat(50) });
const PACKED = gzipSync(STATE);
const base64 = (data: Buffer | string): string => Buffer.from(data).toString('base64');
const release = (manifest: string): string =>
  base64(base64(gzipSync(JSON.stringify({ name: 'web', manifest }))));

const SECRETS: Record<string, object> = {
  'tfstate-default-net': { data: { tfstate: base64(PACKED) } },
  'tfstate-default-large': { data: { tfstate: base64(PACKED.subarray(0, 20)) } },
  'tfstate-default-large-part-1': { data: { tfstate: base64(PACKED.subarray(20, 40)) } },
  'tfstate-default-large-part-2': { data: { tfstate: base64(PACKED.subarray(40)) } },
  'tfstate-default-cut': { data: { tfstate: base64(PACKED.subarray(0, 20)) } },
  'tfstate-default-empty': { data: {} },
};
const RELEASES = [
  { metadata: { labels: { name: 'web', version: '9' } }, data: { release: release('kind: Old') } },
  { metadata: { labels: { name: 'web', version: '10' } }, data: { release: release('kind: New') } },
];

let host: string;
let close: () => Promise<void>;
const asked: { url: string; authorization: string | undefined }[] = [];

beforeAll(async () => {
  const server = await serve((request, response) => {
    const url = request.url ?? '';
    asked.push({ url, authorization: request.headers.authorization });
    const answer = (status: number, body: object): void =>
      void response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== 'Bearer t-1') {
      answer(403, { kind: 'Status' });
      return;
    }
    if (url.includes('labelSelector=')) {
      const selector = new URL(url, 'http://x').searchParams.get('labelSelector') ?? '';
      answer(200, { items: /name=(?!web)/.test(selector) ? [] : RELEASES });
      return;
    }
    const name = url.split('/').at(-1) ?? '';
    const secret = SECRETS[name];
    if (secret === undefined) answer(404, { kind: 'Status' });
    else answer(200, { metadata: { name, resourceVersion: '77' }, ...secret });
  });
  ({ close } = server);
  host = `http://${server.host}`;
});
afterAll(() => close());

const read = (url: string, credentials: Record<string, string> = { token: 't-1' }) =>
  readAll(`${url}${url.includes('?') ? '&' : '?'}server=${host}`, credentials);

describe("Terraform's kubernetes backend", () => {
  it('is a secret packed with gzip', async () => {
    const [document] = await read('k8s://infra/net');
    expect(document).toMatchObject({ version: '77', content: STATE });
    expect(asked.at(-1)?.url).toBe('/api/v1/namespaces/infra/secrets/tfstate-default-net');
  });

  it('may be spread over several', async () => {
    expect((await read('k8s://infra/large'))[0]?.content).toBe(STATE);
  });

  it.each([
    ['k8s://infra/nowhere', 'SOURCE.STATE_MISSING'],
    ['k8s://infra/net?workspace=prod', 'SOURCE.STATE_MISSING'],
    ['k8s://infra/empty', 'SOURCE.STATE_MISSING'],
    ['k8s://infra/cut', 'SOURCE.CHANGED_WHILE_READ'],
  ])('%s: %s', async (url, code) => {
    await expect(read(url)).rejects.toMatchObject({ code });
  });

  it('says which right is missing', async () => {
    await expect(read('k8s://infra/net', { token: 'wrong' })).rejects.toThrow(
      /verb get on secret tfstate-default-net in namespace infra/,
    );
  });
});

describe('a kubeconfig', () => {
  const kubeconfig = (user: string): string => `
apiVersion: v1
kind: Config
current-context: a
contexts: [{ name: a, context: { cluster: c, user: u } }]
clusters: [{ name: c, cluster: { server: "${host}" } }]
users: [{ name: u, user: ${user} }]
`;

  it('is read as far as everything is in it', async () => {
    const credentials = { kubeconfig: kubeconfig('{ token: t-1 }') };
    expect((await readAll('k8s://infra/net', credentials))[0]?.content).toBe(STATE);
  });

  it.each([
    ['{ exec: { command: /bin/sh } }', /has exec/],
    ['{ tokenFile: /var/run/secrets/token }', /has tokenFile/],
    ['{ client-key: /etc/key }', /has client-key/],
    ['{ token: t-1, as: admin }', /has as/],
  ])('with %s is refused', async (user, message) => {
    await expect(readAll('k8s://infra/net', { kubeconfig: kubeconfig(user) })).rejects.toThrow(
      message,
    );
  });
});

describe('a Helm release', () => {
  it('is its newest deployed revision', async () => {
    const [document] = await read('helm://shop/web');
    expect(document).toMatchObject({
      name: 'helm://shop/web',
      version: '10',
      content: 'kind: New',
      facts: { kind: 'kubernetes', defaultNamespace: 'shop' },
    });
    expect(decodeURIComponent(asked.at(-1)?.url ?? '')).toContain(
      'owner=helm,name=web,status=deployed',
    );
  });

  it('is each of a namespace', async () => {
    expect((await read('helm://shop/')).map(({ name }) => name)).toEqual(['helm://shop/web']);
  });

  it('that is nowhere deployed is missing', async () => {
    await expect(read('helm://shop/other')).rejects.toMatchObject({ code: 'SOURCE.STATE_MISSING' });
  });
});
