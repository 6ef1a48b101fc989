import type { WorkspaceFacts } from '../../core/providers/index.js';

/** What a source contains; `auto` leaves it to the first bytes. */
export const SOURCE_KINDS = [
  'auto',
  'terraform_state',
  'terraform_plan',
  'cloudformation',
  'kubernetes_manifests',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Uploaded and kept encrypted, or a file or folder the worker can read. Sources behind a URL have the name of their kind: `s3`. */
export const SOURCE_LOCATIONS = ['upload', 'path'] as const;

/** What the last complete reading of a source behind a URL found. */
export interface LastRead {
  /** ISO 8601. */
  readonly at: string;
  /** The first hundred. `version` is what the store calls it: version id, ETag, generation, commit. */
  readonly documents: readonly {
    readonly name: string;
    readonly version: string | null;
    /** Bytes. */
    readonly size: number | null;
    /** Of a state in HCP Terraform or Terraform Enterprise. */
    readonly workspace?: WorkspaceFacts;
  }[];
}

/** Facts about the target that the content leaves open; what is absent is not known and nothing is guessed for it. */
export interface SourceOptions {
  /** AWS account, Google project, Azure subscription or cluster name. */
  readonly account_id?: string;
  readonly region?: string;
  /** CloudFormation: addresses become `StackName/LogicalId`. */
  readonly stack_name?: string;
  readonly stack_id?: string;
  /** CloudFormation: parameter values as given to the stack. Secret ones are left out and stay unresolved. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** CloudFormation: logical id → physical id, as `DescribeStackResources` answers. */
  readonly physical_ids?: Readonly<Record<string, string>>;
  /** Kubernetes: namespace of namespaced objects that name none. */
  readonly default_namespace?: string;
}
