import { EntityManager } from '@mikro-orm/core';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { KEY_RING, type KeyRing, openEnvelope, sealEnvelope } from '../../../core/crypto/index.js';
import { TenantRepository } from '../../../core/database/index.js';
import { SsoConnection } from './sso-connection.entity.js';

/** The connection of an organization with its client secret, which rests sealed. */
@Injectable()
export class SsoConnectionRepository extends TenantRepository<SsoConnection> {
  constructor(
    em: EntityManager,
    @Inject(KEY_RING) private readonly keys: KeyRing,
  ) {
    super(em, SsoConnection, 'SSO_CONNECTION');
  }

  findOfOrganization(context: TenantContext): Promise<SsoConnection | null> {
    return this.findOne(context, {});
  }

  /** Whether it is the one administrator with a password while single sign-on is enforced. */
  async isBreakGlass(context: TenantContext, userId: string): Promise<boolean> {
    const where = { is_active: true, enforced: true, break_glass_user: userId };
    return (await this.count(context, where)) > 0;
  }

  /** Written at the next flush. */
  async sealSecret(connection: SsoConnection, secret: string): Promise<void> {
    const { keyVersion, wrapped, sealed } = await sealEnvelope(
      this.keys,
      secret,
      placeOf(connection),
    );
    connection.key_version = keyVersion;
    connection.wrapped_key = wrapped;
    connection.sealed = sealed;
  }

  /** The caller drops it after use. */
  openSecret(connection: SsoConnection): Promise<string> {
    const { key_version, wrapped_key, sealed } = connection;
    const envelope = { keyVersion: key_version, wrapped: wrapped_key, sealed };
    return openEnvelope(this.keys, envelope, placeOf(connection));
  }
}

/** Sealed bytes copied to another row or tenant do not open there. */
function placeOf({ organization_id, id }: SsoConnection): string {
  return `${organization_id}/sso_connections/${id}`;
}
