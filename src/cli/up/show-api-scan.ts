import { severityLevel } from '../../modules/drifts/drift-severity.js';
import { whoText } from '../output/who.js';
import { undeclaredName, type ScanResult, type ShownDrift } from '../output/scan-result.js';
import type { ApiDrift, ApiScan } from './api-types.js';

/** A scan and its open drifts, as the API answers them, for the same table `scan` prints. */
export function showApiScan(scan: ApiScan, drifts: readonly ApiDrift[]): ScanResult {
  const { counts } = scan;
  return {
    drifts: drifts.map((drift) => showApiDrift(drift, new Date())),
    coverage: scan.coverage.map(({ account_id, resource_type, ...entry }) => ({
      ...entry,
      accountId: account_id,
      type: resource_type,
    })),
    unchecked: [],
    passedOver: scan.passed_over,
    unusedRules: scan.unused_ignore_rules,
    counts: {
      declared: counts.declared,
      actual: counts.actual,
      inSync: counts.in_sync,
      notChecked: counts.unread,
      suppressed: counts.suppressed,
      ignored: 0,
      notCompared: counts.unverifiable,
    },
  };
}

function showApiDrift(drift: ApiDrift, now: Date): ShownDrift {
  const location = drift.metadata?.location;
  return {
    severity: severityLevel(drift.severity_score ?? 0),
    driftType: drift.drift_type,
    verdict: drift.verdict,
    address: drift.resource_address ?? undeclaredName(drift.resource_type, drift.resource_id),
    resourceType: drift.resource_type,
    who: whoText(drift.attribution, now),
    location:
      location === undefined
        ? null
        : `${location.file}${location.line === null ? '' : `:${location.line}`}`,
    changes: drift.changes.map((change) => ({
      attribute: change.property_path,
      change: change.change_type,
      declared: change.declared_value,
      actual: change.actual_value,
      sensitive: false,
      verdict: change.verdict,
      explanation: change.explanation,
      securityCritical: change.is_security_critical,
    })),
  };
}
