import type { InventoryScope } from '../../core/providers/index.js';
import type { Discovery } from './api-discovery.js';
import { groupVersion, parseType } from './api-kind.js';
import type { ApiKind } from './api-kind.js';
import type { ReadFailure } from './kubernetes.errors.js';
import { LEGACY_GROUPS, SKIPPED_KINDS } from './skipped-kinds.js';

/** Coverage that is known without a list call: what the cluster does not serve, or cannot say whether it does. */
export interface Settled {
  readonly type: string;
  /** Null: no such kind, so no such object. */
  readonly failure: ReadFailure | null;
}

export interface ReadingPlan {
  /** Kinds of one name, read one after the other: several groups may show the same objects. */
  readonly lanes: readonly (readonly ApiKind[])[];
  readonly settled: readonly Settled[];
}

/**
 * What to read. A type is a kind (`Deployment`) or a kind in a group version (`apps/v1/Deployment`, `v1/Service`); a served version that is
 * asked for is read instead of the preferred one, so both sides speak the same version. With namespaces, cluster-scoped kinds are
 * read only when named.
 */
export function planReadings(discovery: Discovery, scope: InventoryScope): ReadingPlan {
  const expected = (scope.expected ?? []).map(({ type }) => type);
  const kinds = new Map<string, ApiKind>();
  const settled = new Map<string, Settled>();
  for (const type of [...scope.types, ...expected]) choose(type);
  if (scope.types.length === 0) {
    for (const kind of discovery.kinds) {
      const outOfScope = scope.namespaces.length > 0 && !kind.namespaced;
      if (!outOfScope && !SKIPPED_KINDS.has(groupKind(kind)) && !kinds.has(keyOf(kind))) {
        kinds.set(keyOf(kind), kind);
      }
    }
    for (const { groupVersion: name, failure } of discovery.unknown) {
      settled.set(`${name}/*`, { type: `${name}/*`, failure });
    }
  }
  return { lanes: lanesOf([...kinds.values()]), settled: [...settled.values()] };

  function choose(type: string): void {
    const wanted = parseType(type);
    const found = discovery.kinds.filter((kind) =>
      wanted ? kind.group === wanted.group && kind.kind === wanted.kind : kind.kind === type,
    );
    for (const kind of found) {
      const asked = wanted?.version ?? '';
      const version = kind.servedVersions.includes(asked) ? asked : kind.version;
      kinds.set(keyOf(kind), { ...kind, version });
    }
    if (found.length === 0)
      settled.set(type, { type, failure: whyUnserved(discovery, wanted?.group) });
  }
}

/** A kind nobody serves has no objects, unless a group that could not be asked may serve it. */
function whyUnserved(discovery: Discovery, group: string | undefined): ReadFailure | null {
  const doubtful = discovery.unknown.find(
    (unknown) => group === undefined || parseType(`${unknown.groupVersion}/*`)?.group === group,
  );
  return doubtful?.failure ?? null;
}

function lanesOf(kinds: readonly ApiKind[]): ApiKind[][] {
  const lanes = new Map<string, ApiKind[]>();
  const legacyLast = [...kinds].sort(
    (left, right) => LEGACY_GROUPS.indexOf(left.group) - LEGACY_GROUPS.indexOf(right.group),
  );
  for (const kind of legacyLast) lanes.set(kind.kind, [...(lanes.get(kind.kind) ?? []), kind]);
  return [...lanes.values()];
}

function groupKind({ group, kind }: ApiKind): string {
  return `${group}/${kind}`;
}

/** Not by version: an object is read in one version only. */
function keyOf({ group, plural }: ApiKind): string {
  return groupVersion(group, plural);
}
