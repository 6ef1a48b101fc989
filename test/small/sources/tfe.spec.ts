import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud, type RunningServer } from '../../../sandbox/server/cloud-server.js';
import { TfeCloud } from '../../../sandbox/tfe/tfe-cloud.js';
import { makeOrganization, parseWorkspace } from '../../../sandbox/tfe/tfe-estate.js';
import type { RateLimitKey, StateSourceAccess } from '../../../src/core/providers/index.js';
import { readAll } from '../../../src/modules/iac/sources/testing.js';
import { control } from '../services/reading.js';

const TOKEN = 'canary.atlasv1.token';
const state = (serial: number): JsonObject => ({ version: 4, serial, resources: [] });
const APPLIED = { id: 'run-applied1', status: 'applied', 'created-at': '2026-11-01T10:00:00Z' };

const open: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function acme(workspaces: Readonly<Record<string, JsonObject>>) {
  const parsed = Object.entries(workspaces).map(([name, given]) =>
    parseWorkspace({ state: state(1), ...given }, name, name),
  );
  const server = await serveCloud(
    new TfeCloud([makeOrganization('acme', parsed, { token: TOKEN })]),
    0,
  );
  open.push(server);
  const { host } = new URL(server.url);
  const read = (path: string, token = TOKEN, access: Partial<StateSourceAccess> = {}) =>
    readAll(
      `tfe://${host}/acme/${path}${path.includes('?') ? '&' : '?'}scheme=http`,
      { token },
      access,
    );
  const names = async (path: string) =>
    (await read(path)).map(({ name }) => name.split('/').at(-1) ?? '');
  return { server, host, read, names };
}

describe('HCP Terraform', () => {
  it('says of a state which run came last and what the platform found itself', async () => {
    const { read } = await acme({
      shop: {
        runs: [APPLIED],
        assessment: { drifted: true, 'resources-drifted': 2, 'resources-undrifted': 14 },
      },
      quiet: {},
    });
    const [quiet, shop] = await read('');
    expect(shop).toMatchObject({
      version: expect.stringMatching(/^sv-/),
      notices: [],
      workspace: {
        locked: false,
        run_in_progress: false,
        latest_run: { id: 'run-applied1', status: 'applied', created_at: '2026-11-01T10:00:00Z' },
        assessment: { verdict: 'drifted', resources_drifted: 2, resources_in_sync: 14 },
      },
    });
    expect(quiet).toMatchObject({ workspace: { latest_run: null, assessment: null }, notices: [] });
  });

  it.each([
    [
      'a run is applying',
      { runs: [{ ...APPLIED, status: 'applying' }], locked: true },
      'RUN_IN_PROGRESS',
    ],
    [
      'a run waits for its apply',
      { runs: [{ ...APPLIED, status: 'apply_queued' }] },
      'RUN_IN_PROGRESS',
    ],
    ['it is locked', { runs: [APPLIED], locked: true }, 'WORKSPACE_LOCKED'],
  ])('says when the state may be of before: %s', async (_, workspace, code) => {
    const { read } = await acme({ shop: workspace });
    const [document] = await read('shop');
    expect(document?.notices).toMatchObject([{ code: `SOURCE.${code}` }]);
    expect(document?.content).toBe(JSON.stringify(state(1)));
  });

  it('says nothing about a run that only plans', async () => {
    const { read } = await acme({ shop: { runs: [{ ...APPLIED, status: 'planning' }] } });
    expect((await read('shop'))[0]).toMatchObject({
      notices: [],
      workspace: { latest_run: { status: 'planning' }, run_in_progress: false },
    });
  });

  it('tells an assessment that could not look from one that found nothing', async () => {
    const { read } = await acme({
      a: { assessment: { succeeded: false } },
      b: { assessment: {} },
    });
    const found = (await read('')).map(({ workspace }) => workspace?.assessment?.verdict);
    expect(found).toEqual(['failed', 'in_sync']);
  });

  it('reads the workspaces of an organization by tags, project and pattern of the name', async () => {
    const { names, server } = await acme({
      'prod-a': { tags: ['prod', 'eu'] },
      'prod-b': { tags: ['prod'], project: 'prj-2' },
      'prod-new': { tags: ['prod'], state: null },
      'test-a': { tags: ['eu', 'old'] },
    });
    expect(await names('')).toEqual(['prod-a', 'prod-b', 'test-a']);
    expect(await names('?tag=prod')).toEqual(['prod-a', 'prod-b']);
    expect(await names('?tag=prod,eu')).toEqual(['prod-a']);
    expect(await names('?exclude_tag=old')).toEqual(['prod-a', 'prod-b']);
    expect(await names('?project=prj-2')).toEqual(['prod-b']);
    expect(await names('?name=prod-*')).toEqual(['prod-a', 'prod-b']);
    expect(await names('?name=*-a&tag=eu')).toEqual(['prod-a', 'test-a']);
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toMatchObject({ workspaces: 7 });
  });

  it('reads more workspaces than fit on a page', async () => {
    const many = Array.from({ length: 130 }, (_, n) => [`w-${String(n).padStart(3, '0')}`, {}]);
    const { names, server } = await acme(Object.fromEntries(many) as Record<string, JsonObject>);
    expect(await names('')).toHaveLength(130);
    const { byOperation } = await control(server, 'GET', 'calls');
    // No run and no assessment is asked for where the list says that there is none.
    expect(byOperation).toEqual({
      discovery: 1,
      workspaces: 2,
      'current-state-version': 130,
      state: 130,
    });
  });

  it.each(['?name=a/b', 'shop?name=a*', 'shop?exclude_tag=x'])('refuses %s', async (path) => {
    const { read } = await acme({ shop: {} });
    await expect(read(path)).rejects.toMatchObject({ failure: 'url-invalid' });
  });
});

describe('HCP Terraform in trouble', () => {
  it.each([
    ['a wrong token', {}, 'other-token', 'denied'],
    ['a refusal', { fault: 'deny', operation: 'current-state-version' }, TOKEN, 'denied'],
    ['nothing there', { fault: 'deny', status: 404, operation: 'workspace' }, TOKEN, 'missing'],
    [
      'another answer',
      { fault: 'error', status: 418, operation: 'workspace' },
      TOKEN,
      'answer-invalid',
    ],
  ])('says so at once: %s', async (_, fault, token, failure) => {
    const { read, server } = await acme({ shop: {} });
    if ('fault' in fault) await control(server, 'POST', 'faults', fault);
    await expect(read('shop', token)).rejects.toMatchObject({ failure });
    const { total } = await control(server, 'GET', 'calls');
    expect(total).toBeLessThanOrEqual(3);
  });

  it.each([
    ['throttled', { fault: 'throttle', times: 2 }],
    ['failing', { fault: 'error', status: 503, times: 2 }],
    ['dead for a moment', { fault: 'drop', times: 2 }],
    ['cut off', { fault: 'cut', operation: 'workspaces', times: 1 }],
    ['slow', { fault: 'slow', delayMs: 50 }],
  ])('reads all the same while it is %s', async (_, fault) => {
    const { names, server } = await acme({ a: { runs: [APPLIED] }, b: {} });
    await control(server, 'POST', 'faults', fault);
    expect(await names('')).toEqual(['a', 'b']);
  });

  it('waits as long as it is told to, and lets every other call of the token wait as well', async () => {
    const { read, server } = await acme({ shop: { runs: [APPLIED] } });
    await control(server, 'POST', 'faults', {
      fault: 'throttle',
      operation: 'workspace',
      times: 1,
      retryAfterSeconds: 0.02,
    });
    const taken: RateLimitKey[] = [];
    const pauses: number[] = [];
    const limits = {
      take: (key: RateLimitKey) => {
        taken.push(key);
        return Promise.resolve();
      },
      pause: (_: RateLimitKey, milliseconds: number) => pauses.push(milliseconds),
    };
    await read('shop', TOKEN, {
      limits: { ...limits, pause: (...args) => void limits.pause(...args) },
    });
    expect(pauses).toEqual([20]);
    expect(taken).toHaveLength(5);
    expect(new Set(taken.map((key) => JSON.stringify(key))).size).toBe(1);
    expect(taken[0]).toMatchObject({ provider: 'other', operation: 'hcp-terraform:read' });
    expect(JSON.stringify(taken)).not.toContain(TOKEN);
  });

  it('gives up when it is told to wait too long', async () => {
    const { read, server } = await acme({ shop: {} });
    const fault = { fault: 'throttle', operation: 'workspace', retryAfterSeconds: 120 };
    await control(server, 'POST', 'faults', fault);
    await expect(read('shop')).rejects.toMatchObject({
      failure: 'throttled',
      retryAfterMs: 120_000,
    });
  });

  it('reads the state where runs and assessments may not be read, and says so', async () => {
    const { read, server } = await acme({ shop: { runs: [APPLIED], assessment: {} } });
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'run' });
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'assessment' });
    const [document] = await read('shop');
    expect(document).toMatchObject({
      content: JSON.stringify(state(1)),
      workspace: { latest_run: null, assessment: null },
      notices: [{ code: 'SOURCE.RUN_UNREAD' }, { code: 'SOURCE.ASSESSMENT_UNREAD' }],
    });
  });
});
