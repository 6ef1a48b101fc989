import type { Opt } from '@mikro-orm/core';
import { Enum, Property, Unique } from '@mikro-orm/decorators/legacy';
import { type Role, ROLES } from '../../../core/context/index.js';
import { TenantEntity, TenantOwnedEntity } from '../../../core/database/index.js';

/** How the token endpoint is told the client secret (OpenID Connect Core 1.0, section 9). */
export const TOKEN_AUTH_METHODS = ['client_secret_basic', 'client_secret_post'] as const;
export type TokenAuthMethod = (typeof TOKEN_AUTH_METHODS)[number];

export interface GroupRole {
  /** As the provider writes it. */
  readonly group: string;
  readonly role: Role;
}

/** The OpenID provider of an organization; one at most. */
@TenantEntity<typeof SsoConnection>({ tableName: 'sso_connections', loginMayRead: true })
@Unique({ name: 'sso_connections_organization', properties: ['organization_id'] })
export class SsoConnection extends TenantOwnedEntity {
  /** Switched off, nobody logs in by it and nothing is enforced. */
  @Property({ type: 'boolean', default: true })
  is_active: Opt<boolean> = true;

  @Property({ type: 'string', length: 500 })
  issuer!: string;

  @Property({ type: 'string', length: 255 })
  client_id!: string;

  @Enum({
    items: () => [...TOKEN_AUTH_METHODS],
    columnType: 'varchar(40)',
    default: 'client_secret_basic',
  })
  token_auth_method: Opt<TokenAuthMethod> = 'client_secret_basic';

  @Property({ type: 'jsonb' })
  scopes!: string[];

  /** A claim, or the path to one with dots: `realm_access.roles`. */
  @Property({ type: 'string', length: 255 })
  groups_claim!: string;

  /** Empty: roles are given here, not by the provider. */
  @Property({ type: 'jsonb' })
  role_mapping!: GroupRole[];

  /** For whom no group is mapped; null turns them away. */
  @Enum({ items: () => [...ROLES], columnType: 'varchar(20)', nullable: true })
  default_role: Role | null = null;

  /** Lower case. Not empty: nobody with another address logs in; only these link existing users. */
  @Property({ type: 'jsonb' })
  allowed_domains!: string[];

  /** Whether somebody without a user gets one at the first login. */
  @Property({ type: 'boolean' })
  jit_users!: boolean;

  /** Values of `amr` or `acr` that say the provider asked for a second factor. */
  @Property({ type: 'jsonb' })
  second_factor_values!: string[];

  /** No password opens a session, but for the break-glass administrator. */
  @Property({ type: 'boolean' })
  enforced!: boolean;

  @Property({ type: 'uuid', nullable: true })
  break_glass_user: string | null = null;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob', hidden: true })
  wrapped_key!: Buffer;

  /** The client secret. */
  @Property({ type: 'blob', hidden: true })
  sealed!: Buffer;
}
