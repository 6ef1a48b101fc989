import { AuditAnchor } from './audit-anchor.entity.js';
import { AuditChain } from './audit-chain.entity.js';
import { AuditDetails } from './audit-details.entity.js';
import { AuditIntent } from './audit-intent.entity.js';
import { AuditLog } from './audit-log.entity.js';

export type { AuditContent, AuditEntry, AuditOutcome } from './audit-entry.js';
export { AUDIT_RESULTS, type AuditResult } from './audit-log.entity.js';
export { AuditPolicy } from './audit-policy.js';
export { type AuditFilter, AuditReader, type AuditRecord } from './audit-reader.js';
export { AuditRedaction, scrubValue } from './audit-redaction.js';
export { AuditRetention } from './audit-retention.js';
export { AuditTrail } from './audit-trail.js';
export { AuditVerification, type ChainVerification } from './audit-verification.js';
export { AuditModule } from './audit.module.js';
export { Audited, AUDITED, type AuditedAs } from './audited.decorator.js';
export { LostCalls } from './lost-calls.js';
export { AuditAnchor, AuditChain, AuditDetails, AuditIntent, AuditLog };
export const auditEntities = [
  AuditLog,
  AuditDetails,
  AuditIntent,
  AuditChain,
  AuditAnchor,
] as const;
