import { severityLevel } from '../../modules/drifts/drift-severity.js';
import type { DriftDraft } from '../../modules/drifts/settle/drift-draft.js';
import type { SourceNotice } from '../../core/providers/index.js';
import { coverageScore } from '../output/scan-result.js';
import type { DetailedResult } from './detect-drift.js';

/** What `--format json` prints; fields are named as in the REST API. Values of secrets are `{ "$sensitive": … }`. */
export function jsonReport(result: DetailedResult, notices: readonly SourceNotice[]): string {
  const { counts } = result;
  const report = {
    summary: {
      drifts: result.drifts.length,
      declared: counts.declared,
      actual: counts.actual,
      in_sync: counts.inSync,
      not_checked: counts.notChecked,
      suppressed: counts.suppressed,
      ignored: counts.ignored,
      not_compared: counts.notCompared,
      coverage_score: Math.round(coverageScore(result.coverage) * 1000) / 1000,
    },
    drifts: result.drafts.map(driftReport),
    coverage: result.coverage.map((entry) => ({
      provider: entry.provider,
      type: entry.type,
      account_id: entry.accountId,
      region: entry.region,
      status: entry.status,
      resources: entry.resources,
      message: entry.message,
    })),
    expected: result.expected.map(({ type, id, class: own, reason }) => ({
      resource_type: type,
      resource_id: id,
      class: own,
      reason,
    })),
    not_compared: result.notCompared,
    suppressed: result.suppressed,
    unused_ignore_rules: result.unusedRules,
    notices,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function driftReport(draft: DriftDraft): object {
  return {
    drift_type: draft.drift_type,
    verdict: draft.verdict,
    severity: severityLevel(draft.severity_score),
    severity_score: draft.severity_score,
    is_security_critical: draft.is_security_critical,
    security_reason: draft.risk_assessment.security_reason ?? null,
    resource_type: draft.resource_type,
    resource_address: draft.resource_address,
    resource_id: draft.resource_id,
    account_id: draft.account_id,
    region: draft.region,
    namespace: draft.namespace,
    location: draft.metadata.location ?? null,
    previous_address: draft.metadata.previous_address ?? null,
    identity_change: draft.metadata.identity_change ?? null,
    previous_name: draft.metadata.previous_name ?? null,
    attribution: draft.attribution,
    changes: draft.changes.map((change) => ({
      property_path: change.property_path,
      declared_value: change.declared_value,
      actual_value: change.actual_value,
      change_type: change.change_type,
      verdict: change.verdict,
      is_security_critical: change.is_security_critical,
      rule: change.rule,
      explanation: change.explanation,
      security_reason: change.security_reason,
      attribution: change.attribution,
    })),
  };
}
