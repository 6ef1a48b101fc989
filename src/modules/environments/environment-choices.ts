/** Targets an environment can be; the subset of the providers whose live side can be read. */
export const ENVIRONMENT_PROVIDERS = ['aws', 'gcp', 'azure', 'kubernetes'] as const;
export type EnvironmentProvider = (typeof ENVIRONMENT_PROVIDERS)[number];

/** How much a drift here hurts; it weighs in the severity score. */
export const CRITICALITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/**
 * Which live resources without code are reported: of types the code declares (one state rarely claims a whole account),
 * all of them, or none.
 */
export const UNMANAGED_CHOICES = ['declared-types', 'all', 'none'] as const;
export type UnmanagedChoice = (typeof UNMANAGED_CHOICES)[number];

/** How to reach the target; nothing in here is secret. */
export interface CloudSettings {
  /** Overrides the provider's endpoint (proxy, VPC endpoint, sandbox); null for the provider's own. */
  readonly endpoint: string | null;
  /** AWS regions, Google locations…; empty means the default of the credentials. */
  readonly regions: readonly string[];
  /** Native types to read; empty means all that the credentials can see. */
  readonly types: readonly string[];
  /** Kubernetes namespaces; empty means all. */
  readonly namespaces: readonly string[];
  readonly unmanaged: UnmanagedChoice;
}

export const NO_CLOUD_SETTINGS: CloudSettings = {
  endpoint: null,
  regions: [],
  types: [],
  namespaces: [],
  unmanaged: 'declared-types',
};
