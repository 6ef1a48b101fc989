import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const CONFIG = path.join(import.meta.dirname, 'schemathesis.toml');
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  '#10': '\n',
};

export interface FuzzingRun {
  readonly url: string;
  readonly token: string;
  readonly examples: number;
  /** Operation ids: only these, or all but these. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  /** Default: all. */
  readonly checks?: string;
  readonly more?: readonly string[];
}

export interface FuzzingResult {
  /** Operations that were called. */
  readonly tested: readonly string[];
  /** `POST /api/v1/x: what was wrong and how to repeat it`. */
  readonly failures: readonly string[];
}

/** One `st run` with every check, in a process of its own. Throws when it could not test. */
export async function runSchemathesis(run: FuzzingRun): Promise<FuzzingResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-schemathesis-'));
  try {
    const output = await execute(run, folder);
    const report = (await readdir(folder)).find((name) => name.endsWith('.xml'));
    if (report === undefined) throw new Error(`schemathesis wrote no report:\n${output}`);
    return readReport(await readFile(path.join(folder, report), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function execute(run: FuzzingRun, folder: string): Promise<string> {
  const bin = process.env.PEER_SCHEMATHESIS;
  if (bin === undefined) throw new Error('PEER_SCHEMATHESIS is not set: use npm run test:peers');
  const child = spawn(
    path.join(bin, 'st'),
    [
      ...['--config-file', CONFIG, 'run', `${run.url}/openapi.json`],
      ...[
        '-H',
        `Authorization: Bearer ${run.token}`,
        '-c',
        run.checks ?? 'all',
        '-n',
        String(run.examples),
      ],
      ...['--seed', '1', '--generation-database', 'none', '-w', '1', '--no-color'],
      ...(run.more ?? []),
      ...['--report', 'junit', '--report-dir', folder],
      ...(run.only ?? []).flatMap((id) => ['--include-operation-id', id]),
      ...(run.except ?? []).flatMap((id) => ['--exclude-operation-id', id]),
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  // 1: it found something, which the report says. Everything else is a run that did not happen.
  if (code !== 0 && code !== 1) throw new Error(`schemathesis ended with ${code}:\n${output}`);
  return output;
}

/** JUnit XML as schemathesis writes it: a test case per operation, with what went wrong in its message. */
export function readReport(xml: string): FuzzingResult {
  const cases = [...xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)];
  return {
    tested: cases.map(([, attributes]) => attribute(attributes, 'name')),
    failures: cases.flatMap(([, attributes, content]) =>
      [
        ...(content ?? '').matchAll(
          /<(?:failure|error)\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/g,
        ),
      ].map(([all, text]) => `${attribute(attributes, 'name')}: ${readable(text ?? all)}`),
    ),
  };
}

function attribute(text: string | undefined, name: string): string {
  return readable(new RegExp(String.raw`\b${name}="([^"]*)"`).exec(text ?? '')?.[1] ?? '');
}

function readable(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (all, entity: string) => ENTITIES[entity] ?? all);
}
