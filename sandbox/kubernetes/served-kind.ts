/** One kind in one group version, as discovery announces it. */
export interface ServedKind {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly subresources: readonly string[];
  readonly verbs: readonly string[];
  /** From a CustomResourceDefinition: its lists repeat apiVersion and kind in every item. */
  readonly custom: boolean;
  /** Key of the objects behind it; several group versions may show the same objects. */
  readonly storedIn: string;
}

export function groupVersionOf({ group, version }: ServedKind): string {
  return group ? `${group}/${version}` : version;
}

/**
 * Newest and most stable first, as API servers rank versions:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
 */
export function compareVersions(left: string, right: string): number {
  const a = rank(left);
  const b = rank(right);
  for (let i = 0; i < a.length; i++) {
    const difference = (b[i] ?? 0) - (a[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left < right ? -1 : Number(left > right);
}

function rank(version: string): readonly number[] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return [-1, 0, 0];
  const [, major, stage, minor] = match;
  const stability = stage === undefined ? 2 : Number(stage === 'beta');
  return [stability, Number(major), Number(minor ?? 0)];
}
