import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from './run-cli.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const target = path.join(folder, name);
  writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  return target;
}

async function run(...args: string[]) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (output[name] += text),
  });
  const code = await runCli(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    cwd: () => folder,
  });
  return { code, ...output };
}

describe('the command line', () => {
  it.each([
    [['--help']],
    [['scan', '--help']],
    [['compare', '--help']],
    [['up', '--help']],
    [['--version']],
  ])('%j answers with 0', async (args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  });

  it.each([
    [['scan', '--bogus'], /unknown option '--bogus'/],
    [['bogus'], /unknown command 'bogus'/],
    [['scan', '--state', 'x', '--format', 'xml'], /Allowed choices are table, json/],
    [['scan'], /Nothing declared/],
    [['scan', '--state', 'x'], /Nothing to compare with/],
    [['scan', '--state', 'x', '--aws', '--actual', 'y'], /--actual replaces the live side/],
    [['scan', '--state', 'x', '--region', 'eu-west-1'], /belongs to --aws/],
    [
      ['scan', '--state', '/nowhere.tfstate', '--actual', '/nowhere.json'],
      /nowhere\.json cannot be read/,
    ],
    [['compare', '/nowhere.jsonl'], /nowhere\.jsonl cannot be read/],
    [['up', '--port', '99999'], /a port is a number/],
  ])('%j is a mistake: code 2 and what to do', async (args, message) => {
    const { code, stderr, stdout } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  it('has examples on every command', async () => {
    for (const command of ['scan', 'compare', 'up', 'reset-password']) {
      expect((await run(command, '--help')).stdout).toMatch(/Examples?:\n {2}driftguard/);
    }
  });
});

const CASE = {
  name: 'one',
  provider: 'aws',
  declared: {
    format: 'cfn-properties',
    resources: [
      { address: 'Queue', type: 'AWS::SQS::Queue', id: 'q', attributes: { DelaySeconds: 5 } },
    ],
  },
  actual: {
    format: 'aws-cloudcontrol',
    resources: [{ type: 'AWS::SQS::Queue', id: 'q', properties: { DelaySeconds: 9 } }],
  },
};

describe('compare', () => {
  it('writes one line per case, in order', async () => {
    const cases = file(
      'c.jsonl',
      `${JSON.stringify(CASE)}\n\n${JSON.stringify({ ...CASE, name: 'two' })}\n`,
    );
    const out = path.join(folder, 'f.jsonl');
    const { code, stdout } = await run('compare', cases, '--out', out);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    const lines = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      {
        name: 'one',
        findings: [
          { address: 'Queue', path: 'DelaySeconds', verdict: 'confirmed', declared: 5, actual: 9 },
        ],
        missing: [],
      },
      { name: 'two' },
    ]);
  });

  it('goes on after a case it cannot read, and ends with 2', async () => {
    const unreadable = { ...CASE, declared: { format: 'no-such-format', resources: [] } };
    const cases = file(
      'c.jsonl',
      ['{"cut', JSON.stringify(unreadable), JSON.stringify(CASE)].join('\n'),
    );
    const { code, stdout, stderr } = await run('compare', cases);
    expect(code).toBe(2);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/c\.jsonl:1: not JSON/);
    expect(stderr).toMatch(/c\.jsonl:2: "declared\.format" is "no-such-format"/);
    expect(stderr).toContain('1 case compared, 2 cases not readable');
  });
});

const PLAN = {
  format_version: '1.2',
  terraform_version: '1.9.0',
  complete: true,
  planned_values: { root_module: {} },
  resource_drift: [
    {
      address: 'aws_sqs_queue.jobs',
      mode: 'managed',
      type: 'aws_sqs_queue',
      name: 'jobs',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions: ['update'],
        before: { id: 'jobs', delay_seconds: 5 },
        after: { id: 'jobs', delay_seconds: 9 },
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    },
  ],
  resource_changes: [],
};

describe('scan', () => {
  it('finds the drift a plan carries, as a table or as JSON', async () => {
    const plan = file('plan.json', PLAN);
    const table = await run('scan', '--plan', plan);
    expect(table.code).toBe(1);
    expect(table.stdout).toMatch(/aws_sqs_queue\.jobs +delay_seconds +5 → 9 +confirmed/);
    const json = await run('scan', '--plan', plan, '--format', 'json', '--fail-on', 'none');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      summary: { drifts: 1, declared: 1 },
      drifts: [
        {
          drift_type: 'modified',
          resource_address: 'aws_sqs_queue.jobs',
          changes: [{ property_path: 'delay_seconds', declared_value: 5, actual_value: 9 }],
        },
      ],
    });
  });

  it('says nothing is known where nothing was read', async () => {
    const state = file('terraform.tfstate', {
      version: 4,
      terraform_version: '1.9.0',
      serial: 1,
      lineage: 'x',
      outputs: {},
      resources: [
        {
          mode: 'managed',
          type: 'aws_sqs_queue',
          name: 'jobs',
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: [{ schema_version: 0, attributes: { id: 'jobs', delay_seconds: 5 } }],
        },
      ],
    });
    const { code, stdout } = await run('scan', '--state', state, '--actual', file('none.json', []));
    expect(code).toBe(3);
    expect(stdout).toContain('1 resource not checked');
  });

  it('says nothing about namespaces a recording does not hold', async () => {
    const configMap = (namespace: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace },
      data: { a: '1' },
    });
    const manifests = file('m.json', {
      apiVersion: 'v1',
      kind: 'List',
      items: [configMap('shop'), configMap('other')],
    });
    const live = file('l.json', { apiVersion: 'v1', kind: 'List', items: [configMap('shop')] });
    const { code, stdout } = await run('scan', '--manifests', manifests, '--actual', live);
    expect(code).toBe(3);
    expect(stdout).toContain('namespace other was not read in this scan');
  });

  it('refuses a state that was cut off, naming the file', async () => {
    const state = file('cut.tfstate', '{"version": 4, "resources": [{"mode": "managed"');
    const { code, stderr } = await run('scan', '--state', state, '--actual', file('none.json', []));
    expect(code).toBe(2);
    expect(stderr).toContain('cut.tfstate');
  });
});

describe('an earlier state', () => {
  const queue = (name: string) => ({
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: 'a',
    outputs: {},
    resources: [
      {
        mode: 'managed',
        type: 'aws_sqs_queue',
        name,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: 0, attributes: { id: URL, url: URL, name: 'orders' } }],
      },
    ],
  });
  const URL = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
  const LIVE = {
    configurationItems: [
      {
        resourceType: 'AWS::SQS::Queue',
        resourceId: URL,
        resourceName: 'orders',
        awsAccountId: '111122223333',
        awsRegion: 'eu-west-1',
        configurationItemStatus: 'OK',
        configuration: { QueueName: 'orders', VisibilityTimeout: '30' },
      },
    ],
  };

  it('tells what has another address now', async () => {
    const state = file('terraform.tfstate', queue('b'));
    const before = file('terraform.tfstate.backup', queue('a'));
    const live = file('live.json', LIVE);
    const { code, stdout } = await run(
      'scan',
      '--state',
      state,
      '--actual',
      live,
      '--previous',
      before,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/aws_sqs_queue\.b.*\(moved\)/);
    expect(stdout).toContain('aws_sqs_queue.a');
  });
});

describe('ignore rules of a scan', () => {
  const config = (data: object) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop' },
    data,
  });
  const scan = async (...more: string[]) => {
    const manifests = file('manifests.json', config({ size: '1', color: 'red' }));
    const actual = file('live.json', {
      apiVersion: 'v1',
      kind: 'ConfigMapList',
      items: [config({ size: '2', color: 'blue' })],
    });
    const { stdout, ...rest } = await run(
      ...['scan', '--format', 'json', '--manifests', manifests, '--actual', actual, ...more],
    );
    const report = (stdout === '' ? {} : JSON.parse(stdout)) as {
      drifts?: { changes: { property_path: string }[] }[];
      suppressed?: { rule: string }[];
      unused_ignore_rules?: { name: string; origin: string }[];
    };
    const paths = report.drifts?.flatMap(({ changes }) => changes.map((one) => one.property_path));
    return { ...rest, report, paths };
  };
  const RULES =
    'rules:\n  - name: sizes\n    types: [ConfigMap]\n    paths: [data.size]\n  - name: typo\n    paths: [data.sise]\n';

  it('come from a named file, and those that silenced nothing are told', async () => {
    const { paths, report, code } = await scan('--ignore-file', file('rules.yaml', RULES));
    expect(paths).toEqual(['data.color']);
    expect(report.suppressed).toMatchObject([{ rule: 'ignore:sizes' }]);
    expect(report.unused_ignore_rules).toMatchObject([{ name: 'typo' }]);
    expect(code).toBe(1);
  });

  it('come from the working directory, and the scan says so', async () => {
    file('driftguard-ignore.yaml', RULES);
    file('.driftignore', 'ConfigMap.*.data.color\n');
    const { paths, code, stderr } = await scan();
    expect(paths).toEqual([]);
    expect(code).toBe(0);
    expect(stderr).toContain('1 ignore rule from .driftignore');
    expect(stderr).toContain('2 ignore rules from driftguard-ignore.yaml');
  });

  it('come from code', async () => {
    file('main.tf', 'resource "aws_instance" "a" {\n  lifecycle { ignore_changes = [ami] }\n}\n');
    const { report, stderr } = await scan('--code', folder);
    expect(stderr).toContain('1 lifecycle.ignore_changes block in');
    expect(report.unused_ignore_rules).toEqual([]);
  });

  it.each([
    [['--ignore-file', 'nowhere.yaml'], /--ignore-file nowhere\.yaml cannot be read/],
    [['--code', 'nowhere'], /nowhere is no folder that can be read/],
  ])('%j answers with 2 and a remedy', async (more, message) => {
    const { code, stderr } = await scan(...more);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
