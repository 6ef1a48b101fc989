import type { KnownElements } from './known-elements.js';
import type { JsonValue, Provider } from '../../../core/providers/index.js';

/** What a document can be; `auto` decides by its content. */
export const DOCUMENT_KINDS = [
  'terraform-state',
  'terraform-plan',
  'cloudformation',
  'kubernetes',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Facts about the target that the code leaves open. A null or absent fact is not known, and nothing is guessed for it. */
export interface ParseContext {
  /** The target these facts are about; resources of another provider do not get them. Absent: resources of any. */
  readonly provider?: Provider | null | undefined;
  /** AWS account, Google project, Azure subscription or cluster name. */
  readonly accountId?: string | null | undefined;
  readonly region?: string | null | undefined;
  /** Whether a value can have been removed from the resource before the document was sent; absent: it can. */
  readonly mayBeRemoved?: (() => boolean) | undefined;
  /** AWS partition (`aws`, `aws-cn`, `aws-us-gov`); derived from the region when absent. */
  readonly partition?: string | null | undefined;
}

export interface ParseOptions {
  /** Default `auto`. Any other value refuses a document that is plainly something else. */
  readonly kind?: 'auto' | DocumentKind | undefined;
  readonly context?: ParseContext | undefined;
  /** CloudFormation: stack the template belongs to; addresses become `StackName/LogicalId`. */
  readonly stackName?: string | undefined;
  /** CloudFormation: ARN of the stack, for `AWS::StackId`. */
  readonly stackId?: string | undefined;
  /** CloudFormation: parameter values as given to the stack; lists as one comma-separated text. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** CloudFormation: logical id → physical id, as `DescribeStackResources` answers. */
  readonly physicalIds?: Readonly<Record<string, string>> | undefined;
  /** Kubernetes: namespace of namespaced objects that name none; absent leaves it open. */
  readonly defaultNamespace?: string | undefined;
  /** Largest document that is parsed as a whole (everything but a raw Terraform state), in bytes. */
  readonly maxDocumentBytes?: number | undefined;
  /** Largest single resource of a raw Terraform state, in bytes. */
  readonly maxResourceBytes?: number | undefined;
  /** Told the scalars at the top of a raw Terraform state (`serial`, `lineage`, …) as they are read. */
  readonly onStateHeader?: ((key: string, value: JsonValue) => void) | undefined;
  /** Elements of raw Terraform states that were read before with the same options; none when absent. */
  readonly known?: KnownElements | undefined;
}

export const DEFAULT_MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;
export const DEFAULT_MAX_RESOURCE_BYTES = 128 * 1024 * 1024;

/** Nesting that no provider, template or manifest needs; deeper input is refused before it can exhaust the stack. */
export const MAX_DEPTH = 256;
