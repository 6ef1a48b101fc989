import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { ValueMasker } from '../../../core/privacy/index.js';
import {
  type ActualResource,
  type Coverage,
  type DeclaredResource,
  type JsonObject,
  NO_SCOPE,
} from '../../../core/providers/index.js';
import { contentHasher } from '../../../core/providers/content-hash.js';
import { parseDocument } from '../../iac/index.js';
import { DriftDetector, type IgnoreRule, ignoreRule, NO_KNOWLEDGE } from '../engine/index.js';
import { observeDetections } from '../scans/detections.js';
import { ScanTally } from '../scans/scan-tally.js';
import type { DriftDraft, Observation } from '../settle/drift-draft.js';
import type { Recollection } from './recollections.js';
import { ScanMemory } from './scan-memory.js';
import { StoredDifferences } from './stored-differences.js';

const SOURCE = 'source-1';
const GROUPS = 'aws_security_group';
const masker = new ValueMasker((value) => `h${value.length}`);
const hash = await contentHasher();

type Estate = Readonly<Record<string, JsonObject>>;
interface Scanned {
  readonly counts: ReturnType<ScanTally['counts']>;
  readonly drifts: readonly string[];
  /** Bodies that had to be parsed after they were kept, and elements of the state that were parsed. */
  readonly parsings: number;
  readonly elements: number;
  readonly written: number;
  readonly unused: readonly string[];
}

function stateOf(declared: Estate): string {
  const resources = Object.entries(declared).map(([address, attributes]) => {
    const [type, name] = address.split('.');
    const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
    const instances = [{ schema_version: 0, attributes, sensitive_attributes: [] }];
    return { mode: 'managed', type, name, provider, instances };
  });
  return JSON.stringify({ version: 4, resources }, null, 2);
}

function live(id: string, properties: JsonObject): ActualResource {
  return {
    type: id.split('/')[0] ?? '',
    format: 'terraform-attributes',
    provider: 'aws',
    id,
    aliases: [],
    name: null,
    properties,
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: hash(JSON.stringify(properties)),
  };
}

/** An environment whose scans remember each other, as the worker's do in the database. */
class Stand {
  private readonly rows = new Map<string, Recollection>();
  private readonly drafts = new Map<string, DriftDraft>();
  version = 'v1';
  rules: IgnoreRule[] = [];

  async scan(declared: Estate, actual: Estate): Promise<Scanned> {
    const memory = new ScanMemory({ version: this.version, hash, isSecret: () => false });
    try {
      const stored = new StoredDifferences();
      for (const [key, { differences_hash: own }] of this.drafts) stored.add(key, own);
      await memory.load(this.rows.values(), stored);
      return await this.walk(memory, declared, actual);
    } finally {
      memory.close();
    }
  }

  private async walk(memory: ScanMemory, state: Estate, actual: Estate): Promise<Scanned> {
    const declared = await this.read(memory, state);
    const detector = new DriftDetector({
      declared,
      knowledge: NO_KNOWLEDGE,
      memory,
      options: { ignoreRules: this.rules },
    });
    for (const [id, properties] of Object.entries(actual))
      detector.observe(memory.bodies.actual(live(id, properties)));
    const tally = new ScanTally();
    const observations: Observation[] = [];
    const drafting = {
      environment: { id: 'env-1', criticality: 'medium' as const },
      masker,
      sourceOf: () => SOURCE,
    };
    const options = { drafting, memory, tally, onTurn: () => undefined };
    for await (const one of observeDetections(detector.finish(COVERAGE), options))
      observations.push(one);
    const drifts = this.settle(observations);
    const { fresh, stale } = memory.changes();
    const elements = [...fresh.element];
    const outcomes = [...fresh.outcome];
    for (const kind of ['outcome', 'element'] as const) {
      for (const key of stale[kind]) this.rows.delete(`${kind} ${key}`);
      for (const [key, value] of kind === 'outcome' ? outcomes : elements)
        this.rows.set(`${kind} ${key}`, { kind, key, value });
    }
    return {
      counts: tally.counts(declared.length, Object.keys(actual).length),
      drifts,
      parsings: memory.bodies.parsings,
      elements: elements.length,
      written: elements.length + outcomes.length,
      unused: detector.unusedIgnoreRules().map(({ name }) => name),
    };
  }

  private async read(memory: ScanMemory, state: Estate): Promise<DeclaredResource[]> {
    const document = {
      name: 'terraform.tfstate',
      size: null,
      open: () => Promise.resolve(Readable.from([Buffer.from(stateOf(state))])),
    };
    const known = memory.elementsOf(SOURCE, {}, NO_KNOWLEDGE);
    const declared: DeclaredResource[] = [];
    for await (const record of parseDocument(document, { known }, new AbortController().signal))
      if (record.kind === 'declared')
        declared.push(memory.bodies.declared(record.resource, SOURCE));
    return declared;
  }

  /** Everything a person would see of the open drifts, as text. */
  private settle(observations: readonly Observation[]): string[] {
    const seen = observations.map((one) => {
      if (one.kind === 'drift') this.drafts.set(one.draft.fingerprint, one.draft);
      return one.kind === 'drift'
        ? one.draft.fingerprint
        : one.kind === 'known'
          ? one.drift.fingerprint
          : '';
    });
    for (const known of this.drafts.keys()) if (!seen.includes(known)) this.drafts.delete(known);
    return [...this.drafts.values()].map((draft) =>
      JSON.stringify({
        ...draft,
        id: '',
        changes: draft.changes.map((one) => ({ ...one, id: '' })),
      }),
    );
  }
}

const COVERAGE: Coverage[] = [GROUPS, 'aws_instance', 'aws_security_group_rule'].map((type) => ({
  provider: 'aws',
  type,
  accountId: null,
  region: null,
  status: 'complete',
  resources: 3,
  pages: 1,
  message: null,
}));

const CODE: Estate = {
  'aws_instance.web': { id: 'aws_instance/1', ami: 'a', size: 'small' },
  'aws_instance.job': { id: 'aws_instance/2', ami: 'b', size: 'small' },
  'aws_security_group.web': {
    id: `${GROUPS}/1`,
    ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }],
  },
  'aws_security_group_rule.ssh': {
    id: 'sgr-1',
    security_group_id: `${GROUPS}/1`,
    type: 'ingress',
    from_port: 22,
  },
};
const LIVE: Estate = {
  'aws_instance/1': { id: 'aws_instance/1', ami: 'a', size: 'large' },
  'aws_instance/2': { id: 'aws_instance/2', ami: 'b', size: 'small' },
  [`${GROUPS}/1`]: {
    id: `${GROUPS}/1`,
    ingress: [{ from_port: 80, to_port: 80, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }],
  },
  'aws_instance/9': { id: 'aws_instance/9', ami: 'c' },
};

describe('a scan that remembers the last one', () => {
  let stand = new Stand();
  afterEach(() => {
    stand = new Stand();
  });

  it('parses and compares nothing of what is unchanged, and says the same', async () => {
    const first = await stand.scan(CODE, LIVE);
    expect(first.counts).toMatchObject({ reused: 0, compared: 3 });
    expect(first.drifts).toHaveLength(4);
    const second = await stand.scan(CODE, LIVE);
    expect(second).toMatchObject({ parsings: 0, elements: 0, written: 0 });
    expect(second.counts).toEqual({ ...first.counts, reused: 5 });
    expect(second.drifts).toEqual(first.drifts);
  });

  it('compares what changed, on either side, and nothing else', async () => {
    await stand.scan(CODE, LIVE);
    const web = { id: 'aws_instance/1', ami: 'a', size: 'small' };
    const repaired = await stand.scan(CODE, { ...LIVE, 'aws_instance/1': web });
    expect(repaired.counts).toMatchObject({ reused: 4, compared: 3 });
    expect(repaired.drifts).toHaveLength(3);
    const job = { id: 'aws_instance/2', ami: 'x', size: 'small' };
    const coded = await stand.scan(
      { ...CODE, 'aws_instance.job': job },
      { ...LIVE, 'aws_instance/1': web },
    );
    expect(coded).toMatchObject({ elements: 1, counts: { reused: 4 } });
    expect(coded.drifts).toHaveLength(4);
  });

  it('compares again what looked at a neighbour that changed', async () => {
    await stand.scan(CODE, LIVE);
    const rule = { ...CODE['aws_security_group_rule.ssh'], from_port: 8080 };
    const changed = await stand.scan({ ...CODE, 'aws_security_group_rule.ssh': rule }, LIVE);
    expect(changed).toMatchObject({ elements: 1, counts: { reused: 3 } });
  });

  it('compares everything again under other rules, and knows which rules were needed', async () => {
    const rules = ['size', 'nonsense'].map((path) =>
      ignoreRule({ name: path, origin: path, paths: [path] }),
    );
    await stand.scan(CODE, LIVE);
    stand.rules = rules;
    const ruled = await stand.scan(CODE, LIVE);
    expect(ruled).toMatchObject({ counts: { reused: 0, suppressed: 1 }, unused: ['nonsense'] });
    const again = await stand.scan(CODE, LIVE);
    expect(again).toMatchObject({ counts: { reused: 5, suppressed: 1 }, unused: ['nonsense'] });
    expect(again.drifts).toEqual(ruled.drifts);
  });

  it('takes nothing over from another version of the engine', async () => {
    await stand.scan(CODE, LIVE);
    stand.version = 'v2';
    const upgraded = await stand.scan(CODE, LIVE);
    expect(upgraded).toMatchObject({ elements: 4, counts: { reused: 0 } });
  });

  it('sees what disappears and what nobody declares any more', async () => {
    await stand.scan(CODE, LIVE);
    const { 'aws_instance/2': _, ...without } = LIVE;
    const gone = await stand.scan(CODE, without);
    expect(gone.drifts.filter((draft) => draft.includes('"drift_type":"deleted"'))).toHaveLength(2);
    const { 'aws_instance.web': __, ...less } = CODE;
    const left = await stand.scan(less, without);
    expect(left.drifts.filter((draft) => draft.includes('"drift_type":"added"'))).toHaveLength(2);
  });
});
