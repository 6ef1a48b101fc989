import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';

/** What somebody agreed to, or no longer does. Only ever added; the newest of a purpose counts. */
@TenantEntity<typeof Consent>({ tableName: 'consents' })
@Index({ name: 'consents_user', properties: ['organization_id', 'user_id', 'created_at'] })
export class Consent extends TenantRow {
  @Property({ type: 'uuid' })
  user_id!: string;

  @Property({ type: 'string', length: 100 })
  purpose!: string;

  /** Of the text that was agreed to. */
  @Property({ type: 'string', length: 50 })
  version!: string;

  @Property({ type: 'boolean' })
  is_given!: boolean;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
