import { Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../database/index.js';

/** The end of an organization's chain; its row is the lock under which entries are added. `id` is the organization's. */
@TenantEntity<typeof AuditChain>({ tableName: 'audit_chains' })
export class AuditChain extends TenantRow {
  @Property({ type: 'bigint' })
  sequence!: string;

  @Property({ type: 'string', length: 64 })
  hash!: string;
}
