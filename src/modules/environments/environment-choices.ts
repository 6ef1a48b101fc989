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

/** Whether Cloud Control is asked for types AWS Config does not hold: those the code declares, or none. */
export const CLOUD_CONTROL_CHOICES = ['declared', 'off'] as const;
export type CloudControlChoice = (typeof CLOUD_CONTROL_CHOICES)[number];

/** One account to read: by the role in it, or by its number and the name of a role. */
export interface AwsAccountSetting {
  readonly account_id?: string | null;
  readonly role_arn?: string | null;
  readonly role_name?: string | null;
  readonly external_id?: string | null;
}

/** Which AWS accounts are read, and how; null and empty: the one account of the credentials, directly. */
export interface AwsSettings {
  readonly accounts: readonly AwsAccountSetting[];
  /** In accounts named by number, and in those of the organization. */
  readonly role_name: string | null;
  readonly external_id: string | null;
  readonly session_name: string | null;
  /** Every active account of the organization; null: only `accounts`. */
  readonly organization: {
    /** Roots or organizational units; empty: all. */
    readonly units: readonly string[];
    readonly exclude: readonly string[];
  } | null;
  readonly aggregator: {
    readonly name: string;
    readonly region: string;
    /** The operator vouches that AWS Config records in every source. */
    readonly recorders_enforced: boolean;
  } | null;
  readonly cloud_control: CloudControlChoice;
}

/** How to reach the target; nothing in here is secret. */
export interface CloudSettings {
  /** Overrides the provider's endpoint (proxy, VPC endpoint, sandbox); null for the provider's own. */
  readonly endpoint: string | null;
  /** AWS regions or `all`, Google locations…; empty means the default of the credentials. */
  readonly regions: readonly string[];
  /** Native types to read; empty means all that the credentials can see. */
  readonly types: readonly string[];
  /** Kubernetes namespaces; empty means all. */
  readonly namespaces: readonly string[];
  readonly unmanaged: UnmanagedChoice;
  /** AWS only; absent in environments that read the one account of their credentials. */
  readonly aws?: AwsSettings | null;
}

export const NO_CLOUD_SETTINGS: CloudSettings = {
  endpoint: null,
  regions: [],
  types: [],
  namespaces: [],
  unmanaged: 'declared-types',
};
