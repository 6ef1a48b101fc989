import type { Coverage, JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { DriftDetector } from '../detect.js';
import type { Change, Verdict } from '../findings.js';
import type { Knowledge } from '../knowledge.js';
import { read } from '../values.js';
import { nativeTypes } from '../match/native-types.js';
import type { EngineCase } from './read-case.js';

/** The line `driftguard compare` writes for one case. */
export interface CaseOutcome {
  readonly name: string;
  readonly findings: readonly {
    readonly address: string;
    readonly path: string;
    readonly verdict: Verdict;
    readonly change: Change;
    readonly declared: JsonValue;
    readonly actual: JsonValue;
    readonly rule?: string;
    readonly is_security_critical?: boolean;
  }[];
  readonly missing: readonly string[];
  readonly unmanaged: readonly string[];
  readonly not_compared: readonly {
    readonly address: string;
    readonly path: string;
    readonly reason: string;
  }[];
  readonly suppressed: readonly {
    readonly address: string;
    readonly path: string;
    readonly rule: string;
  }[];
  readonly coverage: { readonly declared_leaves: number; readonly compared_leaves: number };
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function flag(value: JsonValue | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** AWS Config has no items of a type it does not record, so that none is there proves nothing. */
function isListed(type: string, { actual }: EngineCase, knowledge: Knowledge): boolean {
  if (!actual.some(({ format }) => format === 'aws-config')) return true;
  const recorded = Object.keys(knowledge.load('aws/config-properties') ?? {});
  return [...recorded, ...actual.map((one) => one.type)].some((one) => one.toLowerCase() === type);
}

/** A case holds everything there is: whatever it does not list is not there. */
function completeCoverage(source: EngineCase, knowledge: Knowledge): Coverage[] {
  const types = new Set(
    source.declared.flatMap((resource) => {
      if (resource.format !== 'k8s-manifest') return nativeTypes(resource, knowledge);
      const parts = (resource.id ?? resource.address).split('/');
      return [parts.slice(0, -2).join('/')];
    }),
  );
  const listed = [...types].filter((type) => isListed(type, source, knowledge));
  return listed.map((type) => ({
    provider: 'other',
    type,
    accountId: null,
    region: null,
    status: 'complete',
    resources: 0,
    pages: 1,
    message: null,
  }));
}

/** Where every live object is in one namespace, that is the one the manifests were applied to. */
function onlyNamespace(actual: EngineCase['actual']): JsonObject {
  const names = new Set(
    actual.map(({ format, id }) => (format === 'k8s-live' ? (id.split('/').at(-2) ?? '') : '')),
  );
  names.delete('');
  const [namespace] = names;
  return names.size === 1 && namespace !== undefined ? { namespace } : {};
}

/** Runs the engine on one case exactly as a scan would. */
export function compareCase(
  source: EngineCase,
  knowledge: Knowledge,
  strict: boolean,
): CaseOutcome {
  const facts: JsonObject = source.context;
  const detector = new DriftDetector({
    declared: source.declared,
    knowledge,
    accountId: text(read(facts, 'accountId')),
    region: text(read(facts, 'region')),
    facts: { ...onlyNamespace(source.actual), ...facts },
    options: {
      ignorePaths: strings(read(source.options, 'ignorePaths')),
      trustedManagers: strings(read(source.options, 'trustedManagers')),
      ignoreAggregatedRoles: flag(read(source.options, 'ignoreAggregatedRoles')),
      strict,
    },
  });
  for (const resource of source.actual) detector.observe(resource);
  const outcome = {
    findings: [] as CaseOutcome['findings'][number][],
    missing: [] as string[],
    unmanaged: [] as string[],
    not_compared: [] as CaseOutcome['not_compared'][number][],
    suppressed: [] as CaseOutcome['suppressed'][number][],
  };
  let declaredLeaves = 0;
  let comparedLeaves = 0;
  for (const detection of detector.finish(completeCoverage(source, knowledge))) {
    if (detection.kind === 'missing') outcome.missing.push(detection.declared.address);
    else if (detection.kind === 'unread') {
      outcome.not_compared.push({
        address: detection.declared.address,
        path: '',
        reason: detection.reason,
      });
    } else if (detection.kind === 'unmanaged') {
      if (detection.classification.class === 'unmanaged')
        outcome.unmanaged.push(detection.actual.id);
    } else if (detection.kind === 'compared') {
      const { report } = detection;
      declaredLeaves += report.declaredLeaves;
      comparedLeaves += report.comparedLeaves;
      for (const {
        address,
        path,
        verdict,
        change,
        declared,
        actual,
        rule,
        security,
      } of report.findings) {
        outcome.findings.push({
          address,
          path,
          verdict,
          change,
          declared,
          actual,
          ...(rule !== null && { rule }),
          ...(security?.critical === true && { is_security_critical: true }),
        });
      }
      outcome.suppressed.push(
        ...report.suppressed.map(({ address, path, rule }) => ({ address, path, rule })),
      );
      outcome.not_compared.push(...report.notCompared);
    }
  }
  return {
    name: source.name,
    ...outcome,
    coverage: { declared_leaves: declaredLeaves, compared_leaves: comparedLeaves },
  };
}
