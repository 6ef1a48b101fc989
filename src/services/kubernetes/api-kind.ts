/** A kind that can be listed, in one version. */
export interface ApiKind {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Every version of the group that serves it, the preferred one first. */
  readonly servedVersions: readonly string[];
}

export function groupVersion(group: string, version: string): string {
  return group ? `${group}/${version}` : version;
}

/** `apps/v1/Deployment`, `v1/Service`: the name coverage is recorded under. */
export function coverageType({ group, version, kind }: ApiKind): string {
  return `${groupVersion(group, version)}/${kind}`;
}

export function listPath({ group, version, plural }: ApiKind, namespace: string | null): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  return namespace === null
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** `apps/v1/Deployment` or `v1/Service` taken apart; null for a bare kind. */
export function parseType(type: string): { group: string; version: string; kind: string } | null {
  const parts = type.split('/');
  const kind = parts.at(-1) ?? '';
  const version = parts.at(-2);
  return version === undefined ? null : { group: parts.slice(0, -2).join('/'), version, kind };
}
