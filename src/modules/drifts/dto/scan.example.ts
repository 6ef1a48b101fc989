import type { ScanDetailResponse, ScanResponse } from './scan.response.js';

export const SCAN_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-000000000050',
  environment: '01980a3e-0000-7000-8000-000000000010',
  environment_name: 'production-eu',
  status: 'partial',
  trigger: 'api',
  requested_by: '01980a3e-0000-7000-8000-000000000001',
  attempts: 1,
  progress: { done: 14, total: 14, eta_seconds: null, label: '', pages: 21, resources: 118 },
  counts: {
    declared: 80,
    actual: 102,
    compared: 76,
    in_sync: 68,
    unread: 2,
    unverifiable: 5,
    suppressed: 31,
    reused: 61,
    opened: 9,
    persisting: 1,
    reopened: 0,
    resolved: 2,
    at_rest: 1,
  },
  coverage_score: 0.975,
  problems: [],
  cancel_requested: false,
  created_at: '2026-03-02T08:09:30.000Z',
  started_at: '2026-03-02T08:09:31.000Z',
  finished_at: '2026-03-02T08:10:00.000Z',
} satisfies ScanResponse;

export const SCAN_DETAIL_EXAMPLE = {
  ...SCAN_EXAMPLE,
  coverage: [
    {
      provider: 'aws',
      resource_type: 'AWS::KMS::Key',
      account_id: '111122223333',
      region: 'eu-central-1',
      status: 'denied',
      resources: 0,
      pages: 0,
      message: 'The credentials may not read this type.',
    },
  ],
  notices: [],
  passed_over: [
    { class: 'provider-default', reason: 'part of the default network', resources: 10 },
  ],
  unused_ignore_rules: [
    {
      name: 'autoscaled capacity',
      origin: 'ignore rule 01980a3e-0000-7000-8000-000000000070',
    },
  ],
} satisfies ScanDetailResponse;
