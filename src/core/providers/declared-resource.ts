import type { ActualResource } from './actual-resource.js';
import type { JsonObject } from './json.js';
import type { Provider, ResourceScope } from './provider.js';

/**
 * The vocabulary `attributes` are written in; together with the actual format it chooses the lens.
 * The names are those of the published case format (docs/accuracy.md).
 */
export const DECLARED_FORMATS = [
  'cfn-properties',
  'terraform-state-attributes',
  'terraform-attributes',
  'terraform-attributes-from-krm',
  'terraform-plan-json',
  'terraform-hcl-json',
  'azapi',
  'k8s-manifest',
] as const;
export type DeclaredFormat = (typeof DECLARED_FORMATS)[number];

/** Where in the user's code a resource stands, so a finding can point at it. */
export interface SourceLocation {
  /** File path, object URL or `source:name` as the user knows it. */
  readonly file: string;
  /** One-based; null where the format has no useful lines (minified JSON). */
  readonly line: number | null;
}

/** One managed resource as the code (or the state written from it) declares it. */
export interface DeclaredResource {
  /** Unique within a source: `module.a.aws_s3_bucket.logs["x"]`, `StackName/LogicalId`, `apps/v1/Deployment/ns/name`. */
  readonly address: string;
  /** `aws_s3_bucket`, `AWS::S3::Bucket`, `Microsoft.Web/sites`, or the kind (`Deployment`). */
  readonly type: string;
  readonly format: DeclaredFormat;
  readonly provider: Provider;
  /** The identifier the provider gave it; null until it was created or where the code cannot know it. */
  readonly id: string | null;
  /** The name it carries at the provider, where the code says so. */
  readonly name: string | null;
  readonly attributes: JsonObject;
  /** Dotted paths (`a.b[0].c`) whose values are secret: compared, never shown. */
  readonly sensitivePaths: readonly string[];
  /** Dotted paths whose value could not be resolved (`Fn::ImportValue`, unknown after apply): never guessed. */
  readonly unresolvedPaths: readonly string[];
  /** Dotted paths the code itself tells the tool to ignore (`lifecycle.ignore_changes`). */
  readonly ignoredPaths: readonly string[];
  /** The address it had before a `moved` block or rename; null otherwise. */
  readonly previousAddress: string | null;
  readonly scope: ResourceScope;
  readonly location: SourceLocation;
  /** xxhash64 (hex) of the raw bytes it was parsed from; null where the source has no such bytes. */
  readonly contentHash: string | null;
}

/** Something a reader of the source should know; never a reason to stop. */
export interface SourceNotice {
  readonly level: 'info' | 'warning';
  /** Stable code such as `CFN.UNRESOLVED_IMPORT`. */
  readonly code: string;
  readonly message: string;
  /** The resource it is about, spelled as in `DeclaredResource.address`; absent when it is about the source. */
  readonly address?: string;
  readonly location: SourceLocation;
}

/**
 * What a parser yields, in the order of the file.
 * `refreshed` comes from a plan's `resource_drift`: what the provider itself read for an address; null means it is gone.
 */
export type DeclaredRecord =
  | { readonly kind: 'declared'; readonly resource: DeclaredResource }
  | {
      readonly kind: 'refreshed';
      readonly address: string;
      readonly previousAddress: string | null;
      readonly actual: ActualResource | null;
    }
  | { readonly kind: 'notice'; readonly notice: SourceNotice };
