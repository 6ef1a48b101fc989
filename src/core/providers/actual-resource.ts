import type { JsonObject } from './json.js';
import type { Provider, ResourceScope } from './provider.js';

/** The vocabulary `properties` are written in. */
export const ACTUAL_FORMATS = [
  'aws-config',
  'aws-cloudcontrol',
  'aws-describe',
  'gcp-cai',
  'azure-resource-graph',
  'k8s-live',
  'terraform-attributes',
] as const;
export type ActualFormat = (typeof ACTUAL_FORMATS)[number];

/** One resource as the provider's API describes it now. */
export interface ActualResource {
  /** Native type: `AWS::S3::Bucket`, `compute.googleapis.com/Instance`, `microsoft.web/sites`, or the kind (`Deployment`). */
  readonly type: string;
  readonly format: ActualFormat;
  readonly provider: Provider;
  /** Provider identifier: resource id, asset name, ARM id, or `apps/v1/Deployment/ns/name`. */
  readonly id: string;
  /** Every other identifier the API gave for it (ARN, name, self link, uid), used to match. */
  readonly aliases: readonly string[];
  readonly name: string | null;
  readonly properties: JsonObject;
  /** Facts the API keeps beside the resource: `{ iamPolicy }` in Google (null: it could not be read), `{ supplementary }` in AWS Config; null when none. */
  readonly companions: JsonObject | null;
  /** Tags or labels as a flat map; empty where the type has none. */
  readonly tags: Readonly<Record<string, string>>;
  readonly scope: ResourceScope;
  /** ISO 8601 time at which the provider recorded this state; null when it is a direct read. */
  readonly capturedAt: string | null;
  /** xxhash64 (hex) of the raw bytes; null where the SDK does not give them. */
  readonly contentHash: string | null;
}
