import { Property } from '@mikro-orm/decorators/legacy';
import { monthly, TenantEntity, TenantRow } from '../database/index.js';

/**
 * What an entry says that may name a person: who, from where, before and after. It stands apart, so that it can be
 * anonymised; the entry holds a salted digest of it. `id` is that of the entry.
 */
@TenantEntity<typeof AuditDetails>({
  tableName: 'audit_details',
  systemMayRead: true,
  systemMayDelete: true,
  partitionBy: monthly('audit_details'),
})
export class AuditDetails extends TenantRow {
  /** 64 hex digits. Without it nobody can find out by trying what the digest was made of. */
  @Property({ type: 'string', length: 64, hidden: true })
  salt!: string;

  /** JSON as text, because the digest is of the very bytes. */
  @Property({ type: 'text' })
  content!: string;
}
