import http from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readAll, serve } from '../testing.js';

const TOKEN = 'canary-tfe-token';
const STATE = JSON.stringify({ version: 4, serial: 7, resources: [] });

interface Seen {
  readonly url: string;
  readonly authorization: string | undefined;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

type Answer = { readonly status?: number; readonly body: unknown } | null;

async function host(answer: (url: URL, base: string) => Answer) {
  const seen: Seen[] = [];
  const server = await serve((request: http.IncomingMessage, response: http.ServerResponse) => {
    const base = `http://${request.headers.host ?? ''}`;
    const url = new URL(request.url ?? '/', base);
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const given = answer(url, base);
    response.statusCode = given === null ? 404 : (given.status ?? 200);
    response.setHeader('content-type', 'application/vnd.api+json');
    response.end(
      JSON.stringify(given?.body ?? { errors: [{ status: '404', title: 'not found' }] }),
    );
  });
  open.push(server);
  return { host: server.host, seen };
}

function workspace(name: string, stateVersion: string | null = `sv-${name}`) {
  const data = stateVersion === null ? null : { id: stateVersion, type: 'state-versions' };
  return {
    id: `ws-${name}`,
    type: 'workspaces',
    attributes: { name },
    relationships: { 'current-state-version': { data } },
  };
}

/** The answers of the API as its reference shows them; what it stores is at another host. */
function platform(archive: string, workspaces: readonly ReturnType<typeof workspace>[]) {
  return (url: URL): Answer => {
    if (url.pathname === '/.well-known/terraform.json') return { body: { 'tfe.v2': '/api/v2/' } };
    const one = /^\/api\/v2\/organizations\/acme\/workspaces\/([\w-]+)$/.exec(url.pathname)?.[1];
    if (one !== undefined) {
      const data = workspaces.find(({ attributes }) => attributes.name === one);
      return data === undefined ? null : { body: { data } };
    }
    if (url.pathname === '/api/v2/organizations/acme/workspaces') {
      const page = Number(url.searchParams.get('page[number]'));
      const next = page < workspaces.length ? page + 1 : null;
      const data = workspaces.slice(page - 1, page);
      return { body: { data, meta: { pagination: { 'next-page': next } } } };
    }
    const id = /^\/api\/v2\/workspaces\/(ws-[\w-]+)\/current-state-version$/.exec(
      url.pathname,
    )?.[1];
    if (id === undefined) return null;
    const attributes = { serial: 7, 'hosted-state-download-url': `http://${archive}/object/${id}` };
    return { body: { data: { id: id.replace('ws-', 'sv-'), type: 'state-versions', attributes } } };
  };
}

async function acme(...workspaces: ReturnType<typeof workspace>[]) {
  const archive = await host(() => ({ body: JSON.parse(STATE) as unknown }));
  const api = await host(platform(archive.host, workspaces));
  return { archive, api, url: (path: string) => `tfe://${api.host}/acme/${path}` };
}

const http1 = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}scheme=http`;

describe('HCP Terraform', () => {
  it('reads the current state of a workspace; the token stays at its host', async () => {
    const { api, archive, url } = await acme(workspace('shop'));
    const [document] = await readAll(http1(url('shop')), { token: TOKEN });
    expect(document).toMatchObject({ name: url('shop'), version: 'sv-shop', content: STATE });
    const [discovery, ...calls] = api.seen;
    expect(discovery).toEqual({ url: '/.well-known/terraform.json', authorization: undefined });
    expect(calls.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
    expect(archive.seen).toEqual([{ url: '/object/ws-shop', authorization: undefined }]);
  });

  it('reads every workspace that has a state, page by page, by tag and project', async () => {
    const { api, url } = await acme(workspace('a'), workspace('new', null), workspace('b'));
    const documents = await readAll(http1(`${url('')}?tag=prod&project=prj-1`), { token: TOKEN });
    expect(documents.map(({ name }) => name)).toEqual([url('a'), url('b')]);
    const lists = api.seen.filter((one) => one.url.includes('workspaces?'));
    expect(lists).toHaveLength(3);
    expect(decodeURIComponent(lists[0]?.url ?? '')).toContain('search[tags]=prod');
    expect(decodeURIComponent(lists[0]?.url ?? '')).toContain('filter[project][id]=prj-1');
  });

  it('says that 404 is missing or denied', async () => {
    const { url } = await acme();
    await expect(readAll(http1(url('none')), { token: TOKEN })).rejects.toMatchObject({
      code: 'SOURCE.STATE_MISSING',
      message: expect.stringContaining('or the credentials may not know'),
    });
  });

  it('repeats what is throttled', async () => {
    let refused = 0;
    const inner = platform('127.0.0.1:9', []);
    const api = await host((url) => {
      if (url.pathname.includes('/workspaces') && refused < 2) {
        refused += 1;
        return { status: 429, body: {} };
      }
      return inner(url);
    });
    const documents = await readAll(http1(`tfe://${api.host}/acme/`), { token: TOKEN });
    expect(documents).toEqual([]);
    expect(refused).toBe(2);
  });

  it('does not follow a service discovery that leads the token elsewhere', async () => {
    const thief = await host(() => ({ body: {} }));
    const api = await host(() => ({ body: { 'tfe.v2': `http://${thief.host}/api/v2/` } }));
    await expect(
      readAll(http1(`tfe://${api.host}/acme/shop`), { token: TOKEN }),
    ).rejects.toMatchObject({ code: 'SOURCE.ANSWER_INVALID' });
    expect(thief.seen).toEqual([]);
  });

  it.each([
    ['tfe://host.example/'],
    ['tfe://host.example/a/b/c'],
    ['tfe://host.example/a/b?tag=x'],
  ])('refuses %s', async (url) => {
    await expect(readAll(url, { token: TOKEN })).rejects.toMatchObject({
      code: 'SOURCE.URL_INVALID',
    });
  });
});
