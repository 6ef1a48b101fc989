import type { Provider } from './provider.js';

/** How well one (type, account, region) was read. Only `complete` may yield a deleted resource. */
export const COVERAGE_STATUSES = ['complete', 'partial', 'denied', 'throttled', 'failed'] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

export interface Coverage {
  readonly provider: Provider;
  /** Native type as in `ActualResource.type`, for Kubernetes `group/version/Kind`; `*` when the whole listing failed before types were known. */
  readonly type: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly status: CoverageStatus;
  /** Resources read, even when not complete. */
  readonly resources: number;
  /** Pages fetched. */
  readonly pages: number;
  /** What the provider said, safe to show; null when complete. */
  readonly message: string | null;
}
