/** The targets whose live side DriftGuard reads. `other` is declared by code we can read and never matched. */
export const PROVIDERS = ['aws', 'gcp', 'azure', 'kubernetes', 'other'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Where a resource lives. A null is "does not apply" (IAM has no region) or "the code does not say". */
export interface ResourceScope {
  /** AWS account id, Google project id, Azure subscription id or cluster name. */
  readonly accountId: string | null;
  /** AWS or Azure region, Google location. */
  readonly region: string | null;
  /** Kubernetes namespace or Azure resource group. */
  readonly namespace: string | null;
}

export const NO_SCOPE: ResourceScope = { accountId: null, region: null, namespace: null };
