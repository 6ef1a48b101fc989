import type { UnmanagedChoice } from '../../modules/environments/environment-choices.js';
import type { CloudValues } from './cloud-places.js';
import type { SeverityLevel } from '../output/scan-result.js';

export const FAIL_ON = [
  'confirmed',
  'potential',
  'critical',
  'high',
  'medium',
  'low',
  'none',
] as const;
/** Which drift makes the exit code 1: by verdict, or confirmed drift of at least a severity. */
export type FailOn = (typeof FAIL_ON)[number];

export {
  UNMANAGED_CHOICES as UNMANAGED,
  type UnmanagedChoice as Unmanaged,
} from '../../modules/environments/environment-choices.js';

export const FORMATS = ['table', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** One command line of `driftguard scan`, checked. */
export interface ScanOptions {
  /** Files, folders or globs, by what the user said they are. */
  readonly declared: {
    readonly states: readonly string[];
    readonly plans: readonly string[];
    readonly templates: readonly string[];
    readonly manifests: readonly string[];
  };
  readonly template: {
    readonly stackName: string | null;
    /** File with `[{ ParameterKey, ParameterValue }]` or `{ name: value }`, or `name=value` texts. */
    readonly parameters: readonly string[];
    /** File: `describe-stack-resources` output or `{ logicalId: physicalId }`. */
    readonly physicalIds: string | null;
  };
  readonly actual: {
    readonly recorded: readonly string[];
    readonly kubeconfig: string | null;
    readonly context: string | null;
    readonly aws: boolean;
    /** As `cloud_settings.aws`; null: the one account of the credentials. */
    readonly awsOptions: Readonly<Record<string, unknown>> | null;
    /** Ids of Azure subscriptions. */
    readonly azureSubscriptions: readonly string[];
    /** Every subscription below these. */
    readonly azureManagementGroups: readonly string[];
    /** Google project id, `folders/N` or `organizations/N`. */
    readonly gcpProject: string | null;
    readonly regions: CloudValues;
    readonly profile: string | null;
    readonly endpoints: CloudValues;
  };
  readonly accountId: string | null;
  readonly namespaces: readonly string[];
  readonly ignore: readonly string[];
  /** Files of ignore rules, in any format of docs/ignore-rules.md; those of the working directory are found by themselves. */
  readonly ignoreFiles: readonly string[];
  /** Folders of Terraform code whose `lifecycle.ignore_changes` count. */
  readonly code: readonly string[];
  readonly format: Format;
  readonly failOn: FailOn;
  readonly unmanaged: UnmanagedChoice;
  /** Earlier Terraform states, to tell what moved and what was replaced since. */
  readonly previous: readonly string[];
  readonly strict: boolean;
  /** Asks the clouds' change logs who made each drift. */
  readonly who: boolean;
}

export const SEVERITIES: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low'];

export function readsAzure({
  azureSubscriptions,
  azureManagementGroups,
}: ScanOptions['actual']): boolean {
  return azureSubscriptions.length > 0 || azureManagementGroups.length > 0;
}
