import { type Opt } from '@mikro-orm/core';
import { Enum, Property } from '@mikro-orm/decorators/legacy';
import { type Role, ROLES } from '../../../core/context/index.js';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';

export const LINK_KINDS = ['invitation', 'password_reset', 'email_change'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A mailed link that proves an address: it works once and for a while. The token itself is nowhere but in the mail. */
@TenantEntity<typeof AccountLink>({ tableName: 'account_links' })
export class AccountLink extends TenantRow {
  @Enum({ items: () => [...LINK_KINDS], columnType: 'varchar(20)' })
  kind!: LinkKind;

  /** Where the link goes. */
  @Property({ type: 'string', length: 254 })
  email!: string;

  /** Of a change: the address before, which is told about it. */
  @Property({ type: 'string', length: 254, default: '' })
  previous_email: Opt<string> = '';

  /** Of an invitation: what the new user may do. */
  @Enum({ items: () => [...ROLES], columnType: 'varchar(20)', nullable: true })
  role: Role | null = null;

  /** Whom it is for; null for an invitation. */
  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  /** Null when nobody was logged in. */
  @Property({ type: 'uuid', nullable: true })
  created_by: string | null = null;

  /** SHA-256; null until the mail is written. */
  @Property({ type: 'string', length: 64, nullable: true, hidden: true })
  token_hash: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  /** When a mail server took it over. */
  @Property({ type: 'timestamptz', nullable: true })
  sent_at: Date | null = null;

  @Property({ type: 'timestamptz' })
  expires_at!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  used_at: Date | null = null;

  @Property({ type: 'timestamptz', nullable: true })
  revoked_at: Date | null = null;
}
