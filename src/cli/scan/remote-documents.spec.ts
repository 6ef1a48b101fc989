import http from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.js';

const PASSWORD = 'canary-cli-4e';
const state = JSON.stringify({
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: 'l',
  outputs: {},
  resources: [
    {
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'logs',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes: { id: 'logs', bucket: 'logs' } }],
    },
  ],
});

let folder: string;
let server: http.Server;
let host: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-cli-'));
  writeFileSync(path.join(folder, 'local.tfstate'), state);
  writeFileSync(path.join(folder, 'live.json'), '[]');
  server = http.createServer((request, response) => {
    const expected = `Basic ${Buffer.from(`ci:${PASSWORD}`).toString('base64')}`;
    if (request.headers.authorization === expected) response.end(state);
    else response.writeHead(401).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((done) => server.close(done));
});

async function scan(states: readonly string[], env: Record<string, string> = {}) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (output[name] += text),
  });
  const live = path.join(folder, 'live.json');
  const args = ['scan', ...states.flatMap((one) => ['--state', one]), '--actual', live];
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const code = await runCli(args, { ...streams, env, cwd: () => folder });
  return { code, ...output };
}

describe('driftguard scan of a state in a store', () => {
  it.each([
    ['the variables Terraform reads', '', { TF_HTTP_USERNAME: 'ci', TF_HTTP_PASSWORD: PASSWORD }],
    ['the user name in the URL', `ci:${PASSWORD}@`, {}],
  ])('takes %s', async (_case, userInfo, env) => {
    const { stderr, stdout } = await scan([`http://${userInfo}${host}/prod`], env);
    expect(stdout).toContain('1 resource declared');
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  it('says what is wrong, without the password', async () => {
    const { code, stderr, stdout } = await scan([`http://ci:${PASSWORD}x@${host}/prod`]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/credentials are not accepted \(401\)/);
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  it('reports a resource that is in two states', async () => {
    const env = { TF_HTTP_USERNAME: 'ci', TF_HTTP_PASSWORD: PASSWORD };
    const local = path.join(folder, 'local.tfstate');
    const { stderr } = await scan([local, `http://${host}/prod`], env);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      `aws_s3_bucket logs is declared twice: as aws_s3_bucket.logs in ${local} and as aws_s3_bucket.logs in http://${host}/prod`,
    );
  });
});
