import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../src/cli/run-cli.js';

export const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');

/** What `driftguard scan --format json` prints, as far as tests look at it. */
export interface Report {
  readonly coverage: readonly {
    readonly type: string;
    readonly account_id: string | null;
    readonly region: string | null;
    readonly status: string;
    readonly message: string | null;
  }[];
  readonly notices: readonly { readonly message: string }[];
  readonly drifts: readonly {
    readonly drift_type: string;
    readonly verdict: string;
    readonly resource_type: string;
    readonly resource_address: string | null;
    readonly resource_id: string | null;
    readonly previous_address: string | null;
    readonly changes: readonly {
      readonly property_path: string;
      readonly declared_value: unknown;
      readonly actual_value: unknown;
      readonly verdict: string;
      readonly is_security_critical: boolean;
    }[];
  }[];
}
export type Drift = Report['drifts'][number];
export type Change = Drift['changes'][number];

/** Every recorded file below a folder of the examples, as `--actual` options. */
export function recorded(folder: string): string[] {
  return readdirSync(path.join(EXAMPLES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .filter(
      (name) =>
        !/(^|\/)(account|audit|changes|cloudtrail|recorder|project|cluster|subscription|tenant)\.json$/.test(
          name,
        ),
    )
    .sort()
    .flatMap((name) => ['--actual', path.join(EXAMPLES, folder, name)]);
}

/** One `driftguard scan` in this process. */
export async function scan(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<{ code: number; report: Report }> {
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
    env,
    cwd: () => EXAMPLES,
  });
  if (written.stdout === '') throw new Error(written.stderr);
  return { code, report: JSON.parse(written.stdout) as Report };
}

export const confirmedChanges = ({ changes }: Drift): readonly Change[] =>
  changes.filter(({ verdict }) => verdict === 'confirmed');

/** What nobody declares has no address; a Kubernetes object's id says its kind already. */
export function addressOf({
  resource_address: address,
  resource_type: type,
  resource_id,
}: Drift): string {
  const id = resource_id ?? '';
  return address ?? (id.includes(`/${type}/`) ? id : `${type}/${id}`);
}

/** What Brambleway declares of its account. */
export const DECLARED_AWS = [
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
  '111122223333',
];

/** What it declares of its Azure subscription. */
export const DECLARED_AZURE = ['--state', path.join(EXAMPLES, 'terraform/labels-azure.tfstate')];

/** What it declares of its Google project. */
export const DECLARED_GCP = [
  '--state',
  path.join(EXAMPLES, 'terraform/data-google.tfstate'),
  '--account',
  'brambleway-data',
];

/** What it declares of its cluster. */
export const DECLARED_KUBERNETES = ['--manifests', path.join(EXAMPLES, 'kubernetes')];
