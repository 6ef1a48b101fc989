export const ACCESS_STATUSES = ['allowed', 'denied', 'unknown'] as const;
export type AccessStatus = (typeof ACCESS_STATUSES)[number];

/** Whether the credentials may make one of the calls a scan makes, found by making the smallest such call. */
export interface AccessCheck {
  /** As the provider writes it: `config:SelectResourceConfig`, `cloudasset.assets.listResource`, `list deployments.apps`. */
  readonly permission: string;
  /** `unknown` when the call failed in a way that says nothing about rights. */
  readonly status: AccessStatus;
  /** Native types a scan cannot read without it; `*` for all; empty when it costs no resource. */
  readonly blinds: readonly string[];
  /** What a scan lacks without it, in words. */
  readonly without: string;
  /** What the provider said; null when it was allowed. */
  readonly message: string | null;
}

/** What one call's failure means for a check; null failure: it was answered. */
export function accessCheck(
  facts: Pick<AccessCheck, 'permission' | 'blinds' | 'without'>,
  failure: { readonly status: string; readonly message: string } | null,
): AccessCheck {
  if (failure === null) return { ...facts, status: 'allowed', message: null };
  const status = failure.status === 'denied' ? 'denied' : 'unknown';
  return { ...facts, status, message: failure.message };
}
