import { EntityManager } from '@mikro-orm/core';
import { EntityManager as SqlEntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  IdentityDirectory,
  type LoginIdentity,
  type ServiceAccountStanding,
  type Standing,
} from '../../core/auth/index.js';
import { createSystemContext, type Role, type TenantContext } from '../../core/context/index.js';
import { TenantSql } from '../../core/database/index.js';
import { DEFAULT_SESSION_SECONDS } from './organization-settings.entity.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

interface LoginRow {
  readonly organization_id: string;
  readonly user_id: string;
  readonly username: string;
  readonly role: Role;
  readonly password_hash: string;
  readonly must_change_password: boolean;
  readonly password_version: number;
  readonly session_timeout: number;
}

type StandingRow = Omit<LoginRow, 'organization_id' | 'user_id' | 'password_hash'> & {
  readonly has_two_factor: boolean;
  readonly two_factor_required: boolean;
};

const STANDING = `
  select u.username, u.role, u.must_change_password, u.password_version,
    coalesce(s.session_timeout, ${DEFAULT_SESSION_SECONDS}) as session_timeout,
    coalesce(s.two_factor_required, false) as two_factor_required,
    exists (select 1 from two_factors f where f.organization_id = u.organization_id
      and f.user_id = u.id and f.confirmed_at is not null) as has_two_factor
  from users u join organizations o on o.id = u.organization_id
  left join organization_settings s on s.organization_id = u.organization_id
  where u.organization_id = $1 and u.id = $2 and u.is_active and o.is_active`;

@Injectable()
export class UserDirectory extends IdentityDirectory {
  constructor(
    private readonly em: EntityManager,
    private readonly sqlEm: SqlEntityManager,
    private readonly sql: TenantSql,
  ) {
    super();
  }

  override async findLogin(
    organization: string | null,
    name: string,
  ): Promise<LoginIdentity | null> {
    // The only question that is asked before a tenant is known; the database answers one user at most.
    const [row] = await this.sqlEm
      .fork()
      .execute<LoginRow[]>('select * from find_login(?::text, ?::text)', [organization, name]);
    if (row === undefined) return null;
    return {
      organizationId: row.organization_id,
      userId: row.user_id,
      username: row.username,
      role: row.role,
      passwordHash: row.password_hash,
      mustChangePassword: row.must_change_password,
      passwordVersion: row.password_version,
      sessionTimeout: row.session_timeout,
    };
  }

  override async findStanding(organizationId: string, userId: string): Promise<Standing | null> {
    const context = createSystemContext(organizationId, 'authentication');
    const [row] = await this.sql.read<StandingRow>(context, STANDING, [organizationId, userId]);
    if (row === undefined) return null;
    return {
      username: row.username,
      role: row.role,
      mustChangePassword: row.must_change_password,
      passwordVersion: row.password_version,
      sessionTimeout: row.session_timeout,
      hasTwoFactor: row.has_two_factor,
      twoFactorRequired: row.two_factor_required,
    };
  }

  override async findServiceAccount(
    organizationId: string,
    id: string,
  ): Promise<ServiceAccountStanding | null> {
    const context = createSystemContext(organizationId, 'authentication');
    const [row] = await this.sql.read<{ name: string; role: Role }>(
      context,
      `select a.name, a.role
       from service_accounts a join organizations o on o.id = a.organization_id
       where a.organization_id = $1 and a.id = $2 and a.is_active and o.is_active`,
      [organizationId, id],
    );
    return row ?? null;
  }

  override async isActive(organizationId: string): Promise<boolean> {
    const context = createSystemContext(organizationId, 'authentication');
    const rows = await this.sql.read(
      context,
      'select 1 from organizations where id = $1 and is_active',
      [organizationId],
    );
    return rows.length === 1;
  }

  override async mayUsePassword(organizationId: string, userId: string): Promise<boolean> {
    const context = createSystemContext(organizationId, 'authentication');
    const enforced = await this.sql.read(
      context,
      `select 1 from sso_connections where organization_id = $1 and is_active and enforced
         and break_glass_user is distinct from $2`,
      [organizationId, userId],
    );
    return enforced.length === 0;
  }

  override async noteLogin(context: TenantContext): Promise<void> {
    await this.em.nativeUpdate(User, ownRow(context), { last_login: new Date() });
  }

  override async passwordHash(context: TenantContext): Promise<string> {
    const user = await this.em.findOneOrFail(User, ownRow(context), { fields: ['password_hash'] });
    return user.password_hash;
  }

  override async contextWords(context: TenantContext): Promise<string[]> {
    const user = await this.em.findOneOrFail(User, ownRow(context));
    const { name, slug } = await this.em.findOneOrFail(Organization, {
      id: context.organizationId,
    });
    return [name, slug, user.email];
  }

  override async setPassword(context: TenantContext, passwordHash: string): Promise<void> {
    const user = await this.em.findOneOrFail(User, ownRow(context));
    user.password_hash = passwordHash;
    user.password_version += 1;
    user.must_change_password = false;
    await this.em.flush();
  }

  override async replaceHash(context: TenantContext, passwordHash: string): Promise<void> {
    await this.em.nativeUpdate(User, ownRow(context), { password_hash: passwordHash });
  }
}

function ownRow(context: TenantContext): { organization_id: string; id: string } {
  if (context.actor.id === null) throw new Error('only a user has a password');
  return { organization_id: context.organizationId, id: context.actor.id };
}
