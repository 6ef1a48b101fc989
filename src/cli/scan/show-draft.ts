import { severityLevel } from '../../modules/drifts/drift-severity.js';
import type { DriftDraft } from '../../modules/drifts/settle/drift-draft.js';
import { RENAMED, REPLACED } from '../../modules/drifts/engine/index.js';
import { undeclaredName, type ShownDrift } from '../output/scan-result.js';

/** A drift as it would be stored, as the table shows it. Values are masked already. */
export function showDraft(draft: DriftDraft): ShownDrift {
  const location = draft.metadata.location as { file: string; line: number | null } | undefined;
  return {
    severity: severityLevel(draft.severity_score),
    driftType: draft.drift_type,
    verdict: draft.verdict,
    address: draft.resource_address ?? undeclaredName(draft.resource_type, draft.resource_id),
    resourceType: draft.resource_type,
    location:
      location === undefined
        ? null
        : `${location.file}${location.line === null ? '' : `:${location.line}`}`,
    changes: draft.changes.map((change) => ({
      attribute: `${change.property_path}${markOf(change.rule)}`,
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

/** What the name or the identity of an object alone does not show. */
function markOf(rule: string | null): string {
  if (rule === RENAMED) return ' (renamed)';
  return rule === REPLACED ? ' (replaced)' : '';
}
