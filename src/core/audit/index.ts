export { AuditLog } from './audit-log.entity.js';
export { AuditPolicy } from './audit-policy.js';
export { type AuditEntry, AuditTrail } from './audit-trail.js';
export { AuditModule } from './audit.module.js';
export { Audited, AUDITED, type AuditedAs } from './audited.decorator.js';
