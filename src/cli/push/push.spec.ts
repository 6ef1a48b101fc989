import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.js';
import { contentDigestOf } from '../../core/http/content-digest.js';

const CANARY = 'zq9canaryzq9';
const SOURCE = '01980a3e-0000-7000-8000-000000000020';
const KEY = 'dg_key';
const STATE = JSON.stringify({
  version: 4,
  serial: 3,
  lineage: 'l',
  resources: [
    {
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'main',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { id: 'shop', password: CANARY } }],
    },
  ],
});
const DONE = {
  source: { id: SOURCE, name: 'network', environment_name: 'production' },
  resources: 1,
  changed: true,
  notices: [{ level: 'info', code: 'STATE.TAINTED', message: 'x is tainted' }],
};

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}
type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];

describe('driftguard push', () => {
  let folder: string;
  let server: http.Server;
  let url: string;
  const seen: Seen[] = [];
  let replies: Reply[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-push-'));
    writeFileSync(path.join(folder, 'terraform.tfstate'), STATE);
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        seen.push({ method, url: path, headers, body: Buffer.concat(chunks) });
        const [status, body, more = {}] = replies.shift() ?? [200, DONE];
        response.writeHead(status, { 'content-type': 'application/json', ...more });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    seen.length = 0;
    replies = [];
  });

  async function push(
    args: readonly string[],
    more: { readonly env?: Record<string, string>; readonly stdin?: string } = {},
  ) {
    const output = { stdout: '', stderr: '' };
    const code = await runCli(['push', ...args], {
      stdout: { write: (text: string) => (output.stdout += text) },
      stderr: { write: (text: string) => (output.stderr += text) },
      stdin: Readable.from([Buffer.from(more.stdin ?? '')]),
      env: {
        DRIFTGUARD_URL: url,
        DRIFTGUARD_TOKEN: KEY,
        DRIFTGUARD_SOURCE: SOURCE,
        ...more.env,
      },
      cwd: () => folder,
    });
    return { code, ...output };
  }

  it('sends a file without its secrets, with key and digest', async () => {
    const { code, stdout, stderr } = await push(['terraform.tfstate']);
    expect([code, stdout]).toEqual([
      0,
      'pushed terraform.tfstate to network (production): 1 resource\n',
    ]);
    expect(stderr).toBe('removed 1 secret value\ninfo: x is tainted (STATE.TAINTED)\n');
    const [request] = seen;
    expect(request).toMatchObject({
      method: 'PUT',
      url: `/api/v1/sources/${SOURCE}/content`,
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-digest': contentDigestOf(request?.body ?? Buffer.alloc(0)),
      },
    });
    expect(request?.body.toString()).toContain('(sensitive value)');
    expect(JSON.stringify(seen) + String(request?.body)).not.toContain(CANARY);
  });

  it('reads standard input, and says when nothing changed', async () => {
    replies = [[200, { ...DONE, changed: false, notices: [] }]];
    const { code, stdout } = await push(['-'], { stdin: STATE });
    expect([code, stdout]).toEqual([
      0,
      'unchanged: network (production) has this content already, 1 resource\n',
    ]);
  });

  it('prints what it would send, and sends nothing', async () => {
    const { code, stdout } = await push(['terraform.tfstate', '--dry-run'], {
      env: { DRIFTGUARD_TOKEN: '', DRIFTGUARD_URL: '' },
    });
    expect([code, seen.length]).toEqual([0, 0]);
    expect(JSON.parse(stdout)).toMatchObject({ serial: 3 });
    expect(stdout).not.toContain(CANARY);
  });

  it('makes of what it removed something nobody can verify, and hides no other drift', async () => {
    const web = (password: string, replicas: number) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas,
        template: {
          spec: {
            containers: [{ name: 'web', env: [{ name: 'DB_PASSWORD', value: password }] }],
          },
        },
      },
    });
    const pushed = await push(['-', '--dry-run'], { stdin: JSON.stringify(web(CANARY, 3)) });
    writeFileSync(path.join(folder, 'pushed.yaml'), pushed.stdout);
    writeFileSync(path.join(folder, 'live.json'), JSON.stringify(web('another-password', 4)));
    const output = { stdout: '' };
    const [pushedFile, live] = ['pushed.yaml', 'live.json'].map((name) => path.join(folder, name));
    const files = ['--manifests', String(pushedFile), '--actual', String(live)];
    await runCli(['scan', ...files, '--format', 'json'], {
      stdout: { write: (text: string) => (output.stdout += text) },
      stderr: { write: () => undefined },
      env: {},
      cwd: () => folder,
    });
    expect(output.stdout).not.toContain('another-password');
    const { drifts } = JSON.parse(output.stdout) as {
      drifts: { changes: { property_path: string; verdict: string }[] }[];
    };
    const changes = drifts.flatMap((drift) => drift.changes);
    expect(changes.map((one) => [one.property_path, one.verdict])).toEqual([
      ['spec.replicas', 'confirmed'],
      ['spec.template.spec.containers[0].env[0].value', 'unverifiable'],
    ]);
  });

  it('answers in JSON', async () => {
    const { stdout } = await push(['terraform.tfstate', '--format', 'json', '--allow-older']);
    expect(JSON.parse(stdout)).toMatchObject({
      source_id: SOURCE,
      changed: true,
      resources: 1,
      removed: 1,
      left_out: [],
    });
    expect(seen[0]?.url).toContain('allow_older=true');
  });

  it('tries again when the server asks for it', async () => {
    replies = [
      [429, { detail: 'Too many', code: 'REQUEST.TOO_MANY' }, { 'retry-after': '0' }],
      [503, {}, { 'retry-after': '0' }],
    ];
    const { code, stderr } = await push(['terraform.tfstate']);
    expect([code, seen.length]).toEqual([0, 3]);
    expect(stderr).toContain('Too many (REQUEST.TOO_MANY) Trying again.');
    expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
  });

  it('does not wait for a server that asks for too long', async () => {
    replies = [[503, {}, { 'retry-after': '86400' }]];
    const { code } = await push(['terraform.tfstate']);
    expect([code, seen.length]).toEqual([2, 1]);
  });

  it.each([
    [401, {}, /API key is not valid, expired or revoked/],
    [403, { detail: 'Not this source.', code: 'AUTH.OTHER_SOURCE' }, /Not this source\. \(AUTH/],
    [409, { detail: 'serial 3, and this is 2', code: 'SOURCE.SERIAL_OLDER' }, /serial 3, and/],
    [400, { detail: 'larger than 4 MiB', code: 'SOURCE.CONTENT_TOO_LARGE' }, /larger than 4 MiB/],
    [302, {}, /--url/],
    [404, 'nothing', /is the URL that of a DriftGuard server/],
  ])('says why it was refused: %i', async (status, body, message) => {
    replies = [[status, body, { location: 'http://elsewhere.example/' }]];
    const { code, stderr, stdout } = await push(['terraform.tfstate']);
    expect([code, seen.length, stdout]).toEqual([2, 1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(KEY);
  });

  it.each([
    [{ DRIFTGUARD_URL: '' }, /Give --url, or set DRIFTGUARD_URL/],
    [{ DRIFTGUARD_TOKEN: '' }, /Give --token, or set DRIFTGUARD_TOKEN/],
    [{ DRIFTGUARD_TOKEN: 'dg_ä' }, /characters that no key has/],
    [{ DRIFTGUARD_SOURCE: '' }, /Give --source, or set DRIFTGUARD_SOURCE/],
    [{ DRIFTGUARD_SOURCE: 'network' }, /is no id of a source/],
    [{ DRIFTGUARD_URL: 'http://driftguard.example' }, /is not encrypted/],
    [{ DRIFTGUARD_URL: 'https://a:b@driftguard.example' }, /leave user and password out/],
    [{ DRIFTGUARD_URL: 'driftguard.example' }, /no URL of a server/],
  ])('asks for what is missing or wrong: %j', async (env, message) => {
    const { code, stderr } = await push(['terraform.tfstate'], { env });
    expect([code, seen.length]).toEqual([2, 0]);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['nothing.tfstate', '', /there is no such file/],
    ['-', '', /the file is empty/],
    ['-', '{"hello":1}', /no Terraform state/],
    ['-', STATE.slice(0, 80), /ends before|cut off|truncated/i],
  ])('sends nothing that the server could not read: %s %s', async (file, stdin, message) => {
    const { code, stderr } = await push([file], { stdin });
    expect([code, seen.length]).toEqual([2, 0]);
    expect(stderr).toMatch(message);
  });
});
