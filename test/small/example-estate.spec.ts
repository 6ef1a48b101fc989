import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  addressOf,
  type Change,
  confirmedChanges,
  DECLARED_AWS,
  DECLARED_AZURE,
  DECLARED_GCP,
  DECLARED_KUBERNETES,
  type Drift,
  EXAMPLES,
  recorded,
  type Report,
  scan,
} from '../support/example-estate.js';

interface ExpectedPath {
  readonly path: string;
  readonly declared: unknown;
  readonly actual: unknown;
  readonly is_security_critical: boolean;
}
interface ExpectedDrift {
  readonly environment: string;
  readonly previous_address?: string;
  readonly address: string;
  readonly drift_type: string;
  readonly paths: readonly ExpectedPath[];
}
interface Expected {
  readonly drifts: readonly ExpectedDrift[];
  readonly silent: readonly { readonly environment: string; readonly address: string }[];
  readonly unread: readonly { readonly environment: string; readonly address: string }[];
}

const expected = JSON.parse(readFileSync(path.join(EXAMPLES, 'expected.json'), 'utf8')) as Expected;

/** A secret is shown by a hash that is another one on each run. */
function shown(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$sensitive' in value ? '(secret)' : value;
}

/** The same place, or one inside the other (docs/accuracy.md, "Right place"). */
function samePlace(left: string, right: string): boolean {
  const [outer, inner] = left.length < right.length ? [left, right] : [right, left];
  return inner === outer || (/^[.[]/.test(inner.slice(outer.length)) && inner.startsWith(outer));
}

/** Everything in which a found drift is not the expected one, as sentences. */
function wrongIn(found: Drift, wanted: ExpectedDrift): string[] {
  const { previous_address: previous } = wanted;
  if (previous !== undefined && found.previous_address !== previous)
    return [`moved from ${found.previous_address ?? 'nowhere'}`];
  // A move is one change of the resource as a whole: of its address.
  const changes = confirmedChanges(found).filter(
    ({ property_path: at }) => found.drift_type !== 'moved' || at !== '',
  );
  const extra = changes
    .filter((change) => !wanted.paths.some(({ path: at }) => samePlace(at, change.property_path)))
    .map((change) => `more than expected: ${describeChange(change)}`);
  const wrong = wanted.paths.flatMap((place) => {
    const change = changes.find(({ property_path: at }) => samePlace(at, place.path));
    if (change === undefined) return [`not found: ${place.path}`];
    const isExact = change.property_path === place.path;
    const isSame =
      change.is_security_critical === place.is_security_critical &&
      (!isExact ||
        JSON.stringify([shown(change.declared_value), shown(change.actual_value)]) ===
          JSON.stringify([place.declared, place.actual]));
    return isSame ? [] : [`not as expected: ${describeChange(change)}`];
  });
  return [...extra, ...wrong];
}

function describeChange(change: Change): string {
  const security = change.is_security_critical ? ', security' : '';
  const [declared, actual] = [change.declared_value, change.actual_value].map((value) =>
    JSON.stringify(shown(value)),
  );
  return `${change.property_path} ${declared ?? ''} → ${actual ?? ''}${security}`;
}

/** One line for each way in which a scan is not what `expected.json` says; empty when it is. */
function faults(environment: string, report: Report): string[] {
  const confirmed = report.drifts.filter(({ verdict }) => verdict === 'confirmed');
  const name = (type: string, address: string): string => `${type} ${address}`;
  const wanted = expected.drifts.filter((drift) => drift.environment === environment);
  const byName = new Map(wanted.map((drift) => [name(drift.drift_type, drift.address), drift]));
  const found = new Set(confirmed.map((drift) => name(drift.drift_type, addressOf(drift))));
  return [
    ...wanted
      .map((drift) => name(drift.drift_type, drift.address))
      .filter((drift) => !found.has(drift))
      .map((drift) => `missed: ${drift}`),
    ...confirmed.flatMap((drift) => {
      const own = name(drift.drift_type, addressOf(drift));
      const entry = byName.get(own);
      const wrong =
        entry === undefined
          ? ['false alarm', ...confirmedChanges(drift).map(describeChange)]
          : wrongIn(drift, entry);
      return wrong.map((fault) => `${own}: ${fault}`);
    }),
  ];
}

/** Addresses with a finding that is more than "nobody can tell". */
function spoken(report: Report): string[] {
  return report.drifts
    .filter(({ changes }) => changes.some(({ verdict }) => verdict !== 'unverifiable'))
    .map(({ resource_address: address }) => address ?? '');
}

describe.each([
  ['production-aws', () => [...DECLARED_AWS, ...recorded('live/aws')]],
  ['production-azure', () => [...DECLARED_AZURE, ...recorded('live/azure')]],
  ['production-gcp', () => [...DECLARED_GCP, ...recorded('live/gcp/brambleway-data')]],
  [
    'production-kubernetes',
    () => [
      ...DECLARED_KUBERNETES,
      '--account',
      'brambleway-prod',
      ...recorded('live/kubernetes/brambleway-prod'),
    ],
  ],
])('the example estate, %s', (environment, args) => {
  it('finds exactly the drifts that are there', async () => {
    const { code, report } = await scan(args());
    expect(faults(environment, report)).toEqual([]);
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
      'terraform/labels-azure.tfstate',
      'terraform/data-google.tfstate',
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
