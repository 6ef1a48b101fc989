import type { Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { platformPolicies } from '../../database/index.js';
import type { JsonObject } from '../../providers/index.js';

/** A key pair of the installation that signs access tokens. It belongs to no tenant; rows are never changed. */
@Entity({
  tableName: 'signing_keys',
  rowLevelSecurity: 'force',
  policies: platformPolicies('signing_keys'),
})
export class SigningKey {
  /** In the header of every token it signs. */
  @PrimaryKey({ type: 'uuid' })
  kid!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  /** Published before, so that every process and every reader of the JWKS knows it when it starts to sign. */
  @Property({ type: 'timestamptz' })
  signs_from!: Date;

  @Property({ type: 'jsonb' })
  public_jwk!: JsonObject;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;

  /** The private JWK, sealed for `signing_keys/<kid>`. */
  @Property({ type: 'blob' })
  sealed!: Buffer;
}
