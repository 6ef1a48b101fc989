import { randomBytes } from 'node:crypto';
import { EntityManager, LockMode, TransactionPropagation } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import { PasswordHasher } from '../../../core/auth/index.js';
import type { Role, TenantContext } from '../../../core/context/index.js';
import { Organization } from '../organization.entity.js';
import { organizationErrors } from '../organizations.errors.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';
import { domainOf, roleOf, type SsoProfile } from './sso-claims.js';
import type { SsoConnection } from './sso-connection.entity.js';
import { SsoIdentityRepository } from './sso-identity.repository.js';
import { ssoErrors } from './sso.errors.js';

const LONGEST_USERNAME = 150;

/** From a person at the provider to a user here: known by subject, linked by address, or new. */
@Injectable()
export class SsoAccountsService {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UserRepository,
    private readonly identities: SsoIdentityRepository,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The user of the profile, with the role its groups give now.
   *
   * @throws DomainError `SSO.EMAIL_UNVERIFIED`, `SSO.DOMAIN_NOT_ALLOWED`, `SSO.ACCOUNT_EXISTS`, `SSO.NO_ACCOUNT`,
   * `SSO.NO_ROLE`, `SSO.ACCOUNT_INACTIVE`, `USER.LAST_ADMINISTRATOR`
   */
  async userOf(
    context: TenantContext,
    connection: SsoConnection,
    profile: SsoProfile,
    ip: string,
  ): Promise<User> {
    assertDomain(connection, profile);
    // For nobody to guess; made before the transaction because it takes its time.
    const unusable = await this.passwords.hash(PasswordHasher.randomPassword());
    return this.em.transactional(
      async (em) => {
        // First logins of one person at the same moment make one user; administrators keep one administrator.
        await em.findOneOrFail(
          Organization,
          { id: context.organizationId },
          { lockMode: LockMode.PESSIMISTIC_WRITE },
        );
        const { issuer } = connection;
        const identity = await this.identities.findSubject(context, issuer, profile.subject);
        if (identity !== null) {
          const user = await this.users.getById(context, identity.user_id);
          return this.#withRole(context, connection, user, profile, ip);
        }
        const email = profile.email;
        if (email === null) throw ssoErrors.emailUnverified();
        const existing = await this.users.findByEmail(context, email);
        const user =
          existing.length === 0
            ? await this.#create(context, connection, { ...profile, email }, unusable, ip)
            : await this.#link(context, connection, existing, email, unusable);
        this.identities.create(context, {
          issuer,
          subject: profile.subject,
          user_id: user.id,
        });
        await this.identities.flush();
        await this.audit.record(context, {
          action: 'link_single_sign_on',
          resource_type: 'user',
          resource_id: user.id,
          new_values: { issuer, subject: profile.subject },
          ip,
        });
        return this.#withRole(context, connection, user, profile, ip);
      },
      { propagation: TransactionPropagation.REQUIRED },
    );
  }

  async #create(
    context: TenantContext,
    connection: SsoConnection,
    profile: SsoProfile & { readonly email: string },
    password_hash: string,
    ip: string,
  ): Promise<User> {
    if (!connection.jit_users) throw ssoErrors.noAccount();
    const role = roleOf(profile.groups, connection);
    if (role === null) throw ssoErrors.noRole();
    const username = await this.#freeUsername(context, profile.email);
    const { email } = profile;
    const user = this.users.create(context, { username, email, role, password_hash });
    await this.users.flush();
    await this.audit.record(context, {
      action: 'create_user',
      resource_type: 'user',
      resource_id: user.id,
      new_values: { username, email, role, by: 'single_sign_on' },
      ip,
    });
    return user;
  }

  /** An address alone is no proof: its domain must be the organization's, and the user must belong to nobody at the provider yet. */
  async #link(
    context: TenantContext,
    connection: SsoConnection,
    existing: readonly User[],
    email: string,
    unusable: string,
  ): Promise<User> {
    const [user, another] = existing;
    const mayLink =
      user !== undefined &&
      another === undefined &&
      user.id !== connection.break_glass_user &&
      connection.allowed_domains.includes(domainOf(email)) &&
      (await this.identities.findOfUser(context, connection.issuer, user.id)) === null;
    if (!mayLink) throw ssoErrors.accountExists();
    if (!user.is_active) throw ssoErrors.accountInactive();
    if (user.must_change_password) {
      // Somebody else chose it, and who logs in by the provider will never change it.
      user.must_change_password = false;
      user.password_hash = unusable;
      user.password_version += 1;
    }
    return user;
  }

  async #withRole(
    context: TenantContext,
    connection: SsoConnection,
    user: User,
    profile: SsoProfile,
    ip: string,
  ): Promise<User> {
    if (!user.is_active) throw ssoErrors.accountInactive();
    if (connection.role_mapping.length === 0) return user;
    const role = roleOf(profile.groups, connection);
    if (role === null) throw ssoErrors.noRole();
    if (role !== user.role) await this.#changeRole(context, user, role, ip);
    return user;
  }

  async #changeRole(context: TenantContext, user: User, role: Role, ip: string): Promise<void> {
    const before = user.role;
    if (before === 'admin' && (await this.users.countOtherAdministrators(context, user.id)) === 0) {
      throw organizationErrors.lastAdministrator();
    }
    user.role = role;
    await this.users.flush();
    await this.audit.record(context, {
      action: 'update_user',
      resource_type: 'user',
      resource_id: user.id,
      old_values: { role: before },
      new_values: { role, by: 'single_sign_on' },
      ip,
    });
  }

  /** The address, in the letters a username may have; with something behind it where somebody else has that name. */
  async #freeUsername(context: TenantContext, email: string): Promise<string> {
    const plain = email.replace(/[^\w.@+-]/g, '-').slice(0, LONGEST_USERNAME);
    if ((await this.users.count(context, { username: plain })) === 0) return plain;
    const suffix = `-${randomBytes(6).toString('hex')}`;
    return plain.slice(0, LONGEST_USERNAME - suffix.length) + suffix;
  }
}

function assertDomain(connection: SsoConnection, { email }: SsoProfile): void {
  if (connection.allowed_domains.length === 0) return;
  if (email === null) throw ssoErrors.emailUnverified();
  if (!connection.allowed_domains.includes(domainOf(email))) throw ssoErrors.domainNotAllowed();
}
