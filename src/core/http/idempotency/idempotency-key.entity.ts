import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../database/index.js';

/** A POST that a client may send again, and what it was answered. Kept for a day. */
@TenantEntity({ tableName: 'idempotency_keys' })
@Unique({ properties: ['organization_id', 'principal', 'key'] })
export class IdempotencyKey extends TenantOwnedEntity {
  /** Who sent it: `user:<id>`. Keys of different callers never meet. */
  @Property({ type: 'text' })
  principal!: string;

  @Property({ type: 'text' })
  key!: string;

  /** SHA-256 of method, path, query and body. */
  @Property({ type: 'blob' })
  request_hash!: Buffer;

  /** Null while the first request is still on its way. */
  @Property({ type: 'integer', nullable: true })
  status: number | null = null;

  @Property({ type: 'text', nullable: true })
  location: string | null = null;

  /** Sealed, because answers may show a secret once; null for an answer without body. */
  @Property({ type: 'blob', nullable: true })
  answer: Buffer | null = null;

  @Property({ type: 'timestamptz' })
  expires_at!: Date;
}
