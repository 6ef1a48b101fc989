import { execFile } from 'node:child_process';
import path from 'node:path';
import type { KubernetesPeer } from './cluster.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface ReportedChange {
  readonly property_path: string;
  readonly declared_value: unknown;
  readonly actual_value: unknown;
  readonly verdict: string;
  readonly attribution: { readonly actor: string | null; readonly client: string } | null;
}

export interface ReportedDrift {
  readonly drift_type: string;
  readonly verdict: string;
  readonly resource_address: string | null;
  readonly resource_id: string | null;
  readonly changes: readonly ReportedChange[];
}

export interface Report {
  readonly exitCode: number;
  readonly summary: { readonly declared: number; readonly in_sync: number };
  readonly drifts: readonly ReportedDrift[];
  readonly coverage: readonly {
    readonly type: string;
    readonly status: string;
    readonly resources: number;
    readonly message: string | null;
  }[];
}

/** `driftguard scan` of the build against the cluster, as a person would run it. */
export async function scan(
  cluster: KubernetesPeer,
  options: { readonly manifests: string; readonly token?: string; readonly extra?: string[] },
): Promise<Report> {
  const args = [
    path.join(ROOT, 'dist/src/cli.js'),
    'scan',
    ...['--manifests', options.manifests],
    ...['--kubeconfig', await cluster.kubeconfig(options.token)],
    ...['--format', 'json'],
    ...(options.extra ?? []),
  ];
  const { code, stdout, stderr } = await new Promise<{
    code: number;
    stdout: string;
    stderr: string;
  }>((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd: ROOT, env: { PATH: process.env.PATH }, maxBuffer: 256 * 1024 * 1024 },
      (_error, out, err) => resolve({ code: child.exitCode ?? 2, stdout: out, stderr: err }),
    );
  });
  if (stdout === '') throw new Error(`driftguard scan ended with ${code}:\n${stderr}`);
  return { ...(JSON.parse(stdout) as Omit<Report, 'exitCode'>), exitCode: code };
}
