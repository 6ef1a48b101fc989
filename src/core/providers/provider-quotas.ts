import type { RateLimitKey } from './rate-limiter.js';

/** What a provider allows of one operation. */
export interface ProviderQuota {
  /** Calls in `perSeconds`, on average. */
  readonly calls: number;
  readonly perSeconds: number;
  /** Calls that may be made at once after a rest. */
  readonly burst: number;
  /** `published` by the provider; `measured` by somebody who says so; a `careful` guess where nobody says anything. */
  readonly basis: 'published' | 'measured' | 'careful';
  /** The page that says it, or that names the limits of the service without this one. */
  readonly source: string;
}

const ASSET_QUOTA = 'https://cloud.google.com/asset-inventory/docs/quota';
/** Names no rate of its API: https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
const CONFIG: ProviderQuota = {
  calls: 5,
  perSeconds: 1,
  burst: 10,
  basis: 'careful',
  source: 'https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html',
};
const CLOUD_CONTROL: ProviderQuota = {
  calls: 20,
  perSeconds: 1,
  burst: 25,
  basis: 'measured',
  // About thirty a second.
  source: 'https://github.com/ekristen/aws-nuke/issues/508',
};

/**
 * The defaults of the providers, `provider/operation`. An account, project or identity has each of them to itself, shared with every
 * other tool that uses it.
 */
export const PROVIDER_QUOTAS: Readonly<Record<string, ProviderQuota>> = {
  'aws/config:SelectResourceConfig': CONFIG,
  'aws/config:SelectAggregateResourceConfig': CONFIG,
  'aws/config:BatchGetResourceConfig': CONFIG,
  'aws/config:BatchGetAggregateResourceConfig': CONFIG,
  'aws/cloudformation:ListResources': CLOUD_CONTROL,
  'aws/cloudformation:GetResource': CLOUD_CONTROL,
  'aws/account:ListRegions': {
    calls: 5,
    perSeconds: 1,
    burst: 5,
    basis: 'published',
    source: 'https://docs.aws.amazon.com/accounts/latest/reference/quotas.html',
  },
  'aws/organizations:ListAccounts': {
    calls: 4,
    perSeconds: 1,
    burst: 8,
    basis: 'careful',
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
  },
  'aws/cloudtrail:LookupEvents': {
    calls: 2,
    perSeconds: 1,
    burst: 2,
    basis: 'published',
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html',
  },
  'gcp/cloudasset:ListAssets': {
    calls: 100,
    perSeconds: 60,
    burst: 50,
    basis: 'published',
    source: ASSET_QUOTA,
  },
  'gcp/cloudasset:BatchGetAssetsHistory': {
    calls: 100,
    perSeconds: 60,
    burst: 50,
    basis: 'published',
    source: ASSET_QUOTA,
  },
  'gcp/logging:ListLogEntries': {
    calls: 60,
    perSeconds: 60,
    burst: 30,
    basis: 'published',
    source: 'https://cloud.google.com/logging/quotas#api-limits',
  },
  'azure/resourcegraph:resources': {
    calls: 15,
    perSeconds: 5,
    burst: 15,
    basis: 'published',
    source:
      'https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests',
  },
  'azure/resourcemanager:read': {
    calls: 25,
    perSeconds: 1,
    burst: 250,
    basis: 'published',
    source:
      'https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling',
  },
  // A server limits how many requests it works on, not how many it is sent; this is what the client libraries of controllers keep to.
  'kubernetes/read': {
    calls: 20,
    perSeconds: 1,
    burst: 30,
    basis: 'careful',
    source: 'https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/client/config',
  },
  'other/hcp-terraform:read': {
    calls: 30,
    perSeconds: 1,
    burst: 30,
    basis: 'published',
    source: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs#rate-limiting',
  },
};

/** Null when nothing is known: such calls are not held back. */
export function quotaOf({ provider, operation }: RateLimitKey): ProviderQuota | null {
  return PROVIDER_QUOTAS[`${provider}/${operation}`] ?? null;
}
