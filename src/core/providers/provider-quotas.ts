import type { RateLimitKey } from './rate-limiter.js';

/** What a provider allows of one operation. */
export interface ProviderQuota {
  /** Calls in `perSeconds`, on average. */
  readonly calls: number;
  readonly perSeconds: number;
  /** Calls that may be made at once after a rest. */
  readonly burst: number;
  /** Where the figure comes from; `measured` where the provider publishes none. */
  readonly source: string;
}

const ASSET_QUOTA = 'https://cloud.google.com/asset-inventory/docs/quota';

/**
 * The defaults of the providers, `provider/operation`. An account, project or identity has each of them to itself, shared with every
 * other tool that uses it.
 */
export const PROVIDER_QUOTAS: Readonly<Record<string, ProviderQuota>> = {
  'aws/config:SelectResourceConfig': {
    calls: 5,
    perSeconds: 1,
    burst: 10,
    source: 'not published; careful',
  },
  'aws/config:SelectAggregateResourceConfig': {
    calls: 5,
    perSeconds: 1,
    burst: 10,
    source: 'not published; careful',
  },
  'aws/config:BatchGetResourceConfig': {
    calls: 5,
    perSeconds: 1,
    burst: 10,
    source: 'not published; careful',
  },
  'aws/config:BatchGetAggregateResourceConfig': {
    calls: 5,
    perSeconds: 1,
    burst: 10,
    source: 'not published; careful',
  },
  'aws/cloudformation:ListResources': {
    calls: 20,
    perSeconds: 1,
    burst: 25,
    source: 'measured: about 30 a second, https://github.com/ekristen/aws-nuke/issues/508',
  },
  'aws/cloudformation:GetResource': {
    calls: 20,
    perSeconds: 1,
    burst: 25,
    source: 'measured: about 30 a second, https://github.com/ekristen/aws-nuke/issues/508',
  },
  'aws/organizations:ListAccounts': {
    calls: 4,
    perSeconds: 1,
    burst: 8,
    source:
      'below https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
  },
  'aws/cloudtrail:LookupEvents': {
    calls: 2,
    perSeconds: 1,
    burst: 2,
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html',
  },
  'gcp/cloudasset:ListAssets': { calls: 100, perSeconds: 60, burst: 50, source: ASSET_QUOTA },
  'gcp/cloudasset:ListAssets:organization': {
    calls: 800,
    perSeconds: 60,
    burst: 400,
    source: ASSET_QUOTA,
  },
  'gcp/cloudasset:BatchGetAssetsHistory': {
    calls: 100,
    perSeconds: 60,
    burst: 50,
    source: ASSET_QUOTA,
  },
  'azure/resourcegraph:resources': {
    calls: 15,
    perSeconds: 5,
    burst: 15,
    source:
      'https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests',
  },
  'azure/resourcemanager:read': {
    calls: 25,
    perSeconds: 1,
    burst: 250,
    source:
      'https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling',
  },
  'kubernetes/read': {
    calls: 20,
    perSeconds: 1,
    burst: 30,
    source:
      'the defaults of controllers, https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/client/config',
  },
};

/** Null when nothing is known: such calls are not held back. */
export function quotaOf({ provider, operation }: RateLimitKey): ProviderQuota | null {
  return PROVIDER_QUOTAS[`${provider}/${operation}`] ?? null;
}
