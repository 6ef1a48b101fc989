import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../src/cli/run-cli.js';

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
const ACCOUNT = '111122223333';

interface ExpectedPath {
  readonly path: string;
  readonly declared: unknown;
  readonly actual: unknown;
  readonly is_security_critical: boolean;
}
interface ExpectedDrift {
  readonly environment: string;
  readonly address: string;
  readonly drift_type: string;
  readonly paths: readonly ExpectedPath[];
}
interface Expected {
  readonly drifts: readonly ExpectedDrift[];
  readonly silent: readonly { readonly environment: string; readonly address: string }[];
  readonly unread: readonly { readonly environment: string; readonly address: string }[];
}
interface Report {
  readonly drifts: readonly {
    readonly drift_type: string;
    readonly verdict: string;
    readonly resource_type: string;
    readonly resource_address: string | null;
    readonly resource_id: string | null;
    readonly changes: readonly {
      readonly property_path: string;
      readonly declared_value: unknown;
      readonly actual_value: unknown;
      readonly verdict: string;
      readonly is_security_critical: boolean;
    }[];
  }[];
}

const expected = JSON.parse(readFileSync(path.join(EXAMPLES, 'expected.json'), 'utf8')) as Expected;

/** Every recorded file below a folder, as `--actual` options. */
function recorded(folder: string): string[] {
  return readdirSync(path.join(EXAMPLES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .filter((name) => !/(^|\/)(account|recorder|cluster)\.json$/.test(name))
    .sort()
    .flatMap((name) => ['--actual', path.join(EXAMPLES, folder, name)]);
}

async function scan(args: readonly string[]): Promise<{ code: number; report: Report }> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY: false,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const code = await runCli(['scan', '--format', 'json', ...args], {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    cwd: () => EXAMPLES,
  });
  if (written.stdout === '') throw new Error(written.stderr);
  return { code, report: JSON.parse(written.stdout) as Report };
}

/** Confirmed drifts in the form of `expected.json`, in an order of their own. */
function confirmed(report: Report): unknown[] {
  return inOrder(
    report.drifts
      .filter(({ verdict }) => verdict === 'confirmed')
      .map((drift) => ({
        address: drift.resource_address ?? addressOf(drift.resource_type, drift.resource_id ?? ''),
        drift_type: drift.drift_type,
        paths: drift.changes
          .filter(({ verdict }) => verdict === 'confirmed')
          .map((change) => ({
            path: change.property_path,
            declared: shown(change.declared_value),
            actual: shown(change.actual_value),
            is_security_critical: change.is_security_critical,
          })),
      })),
  );
}

/** What nobody declares has no address; a Kubernetes object's id says its kind already. */
function addressOf(type: string, id: string): string {
  return id.includes(`/${type}/`) ? id : `${type}/${id}`;
}

/** A secret is shown by a hash that is another one on each run. */
function shown(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$sensitive' in value ? '(secret)' : value;
}

function wanted(environment: string): unknown[] {
  return inOrder(
    expected.drifts
      .filter((drift) => drift.environment === environment)
      .map(({ address, drift_type, paths }) => ({
        address,
        drift_type,
        paths: paths.map(({ path: where, declared, actual, is_security_critical }) => ({
          path: where,
          declared,
          actual,
          is_security_critical,
        })),
      })),
  );
}

function inOrder<T extends { readonly address: string; readonly drift_type: string }>(
  drifts: readonly T[],
): T[] {
  const key = ({ address, drift_type }: T): string => `${address} ${drift_type}`;
  return [...drifts].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** Addresses with a finding that is more than "nobody can tell". */
function spoken(report: Report): string[] {
  return report.drifts
    .filter(({ changes }) => changes.some(({ verdict }) => verdict !== 'unverifiable'))
    .map(({ resource_address: address }) => address ?? '');
}

const DECLARED_AWS = [
  '--state',
  path.join(EXAMPLES, 'terraform/production.tfstate'),
  '--plan',
  path.join(EXAMPLES, 'terraform/edge-plan.json'),
  '--template',
  path.join(EXAMPLES, 'cloudformation/billing.yaml'),
  '--stack-name',
  'brambleway-billing',
  '--parameters',
  path.join(EXAMPLES, 'cloudformation/billing.parameters.json'),
  '--physical-ids',
  path.join(EXAMPLES, 'cloudformation/billing.resources.json'),
  '--account',
  ACCOUNT,
];

describe.each([
  ['production-aws', () => [...DECLARED_AWS, ...recorded('live/aws')]],
  [
    'production-kubernetes',
    () => [
      '--manifests',
      path.join(EXAMPLES, 'kubernetes'),
      '--account',
      'brambleway-prod',
      ...recorded('live/kubernetes/brambleway-prod'),
    ],
  ],
])('the example estate, %s', (environment, args) => {
  it('finds exactly the drifts that are there', async () => {
    const { code, report } = await scan(args());
    expect(confirmed(report)).toEqual(wanted(environment));
    expect(code).toBe(1);
  });

  it('is silent about noise', async () => {
    const { report } = await scan(args());
    const drifted = new Set(expected.drifts.map(({ address }) => address));
    const silent = expected.silent
      .filter((noise) => noise.environment === environment && !drifted.has(noise.address))
      .map(({ address }) => address);
    const said = spoken(report);
    expect(silent.filter((address) => said.includes(address))).toEqual([]);
  });
});

describe('the example estate', () => {
  it('declares every address that expected.json speaks of', async () => {
    const files = [
      'terraform/production.tfstate',
      'terraform/edge-plan.json',
      'cloudformation/billing.yaml',
      ...readdirSync(path.join(EXAMPLES, 'kubernetes')).map((name) => `kubernetes/${name}`),
    ];
    const text = files.map((file) => readFileSync(path.join(EXAMPLES, file), 'utf8')).join('\n');
    const named = [...expected.silent, ...expected.unread, ...expected.drifts]
      .map(({ address }) => address)
      .filter((address) => !/^AWS::|ClusterRoleBinding\/\/support-debug$/.test(address));
    const missing = named.filter((address) => {
      const name =
        address
          .replace(/\["[^"]+"\]$/, '')
          .split(/[./]/)
          .at(-1) ?? '';
      return !text.includes(name);
    });
    expect(missing).toEqual([]);
  });
});
