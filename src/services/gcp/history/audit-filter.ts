import type { AuditSubject } from './audit-subject.js';

/**
 * The logs that keep writes, for 400 days and without being switched on: what callers changed, and what Google's own systems did.
 * https://cloud.google.com/logging/docs/audit#types
 */
export const AUDIT_LOGS =
  '(log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/system_event"))';

/** https://cloud.google.com/logging/docs/view/logging-query-language */
export function auditFilter({ service, endings }: AuditSubject, since: Date): string {
  const named = endings.map((ending) => `protoPayload.resourceName:${JSON.stringify(ending)}`);
  return [
    AUDIT_LOGS,
    ...(service === null ? [] : [`protoPayload.serviceName=${JSON.stringify(service)}`]),
    `(${named.join(' OR ')})`,
    `timestamp>="${since.toISOString()}"`,
  ].join(' AND ');
}
