import type { Opt } from '@mikro-orm/core';
import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';

/** Who somebody is at the provider: found by issuer and subject, never again by mail address. */
@TenantEntity<typeof SsoIdentity>({ tableName: 'sso_identities' })
@Unique({ name: 'sso_identities_subject', properties: ['organization_id', 'issuer', 'subject'] })
@Unique({ name: 'sso_identities_user', properties: ['organization_id', 'issuer', 'user_id'] })
export class SsoIdentity extends TenantRow {
  @Property({ type: 'uuid' })
  user_id!: string;

  @Property({ type: 'string', length: 500 })
  issuer!: string;

  @Property({ type: 'string', length: 255 })
  subject!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
