import type { TenantContext } from '../context/index.js';

/** Which changes an organization wants recorded. The organizations module implements it. */
export abstract class AuditPolicy {
  abstract records(context: TenantContext, resourceType: string): Promise<boolean>;
}
