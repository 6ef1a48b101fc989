import {
  EntityManager,
  LockMode,
  TransactionPropagation,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { ApiKeysService, PasswordHasher, SessionsService } from '../../core/auth/index.js';
import { noteValuesBefore, type TenantContext } from '../../core/context/index.js';
import { CursorCodec, type Page, toPage } from '../../core/http/index.js';
import { Organization } from './organization.entity.js';
import { organizationErrors } from './organizations.errors.js';
import { SsoConnectionRepository } from './sso/sso-connection.repository.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** A user together with the one password that is shown, once. */
export interface UserWithInitialPassword {
  readonly user: User;
  readonly initialPassword: string;
}

const LIST = 'users';

@Injectable()
export class UsersService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly keys: ApiKeysService,
    private readonly connections: SsoConnectionRepository,
    private readonly cursors: CursorCodec,
    private readonly em: EntityManager,
  ) {}

  async listUsers(
    context: TenantContext,
    page: { readonly page_size: number; readonly cursor?: string },
  ): Promise<Page<User>> {
    const [after] = page.cursor === undefined ? [null] : this.cursors.decode(LIST, page.cursor);
    const afterId = typeof after === 'string' ? after : null;
    const rows = await this.users.list(context, afterId, page.page_size + 1);
    return toPage(rows, page.page_size, (last) => this.cursors.encode(LIST, [last.id]));
  }

  getUser(context: TenantContext, id: string): Promise<User> {
    return this.users.getById(context, id);
  }

  findByUsername(context: TenantContext, username: string): Promise<User | null> {
    return this.users.findOne(context, { username });
  }

  async createUser(
    context: TenantContext,
    fields: Pick<User, 'username' | 'email' | 'role'>,
  ): Promise<UserWithInitialPassword> {
    const initialPassword = PasswordHasher.randomPassword();
    const user = this.users.create(context, {
      ...fields,
      password_hash: await this.passwords.hash(initialPassword),
      must_change_password: true,
    });
    try {
      await this.users.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw organizationErrors.usernameTaken();
      }
      throw error;
    }
    return { user, initialPassword };
  }

  /** @throws DomainError `USER.LAST_ADMINISTRATOR` rather than lock everybody out. */
  async updateUser(
    context: TenantContext,
    id: string,
    changes: Pick<User, 'email' | 'role' | 'is_active'>,
  ): Promise<User> {
    const updated = await this.em.transactional(
      async (em) => {
        // Two administrators must not take the role from each other at the same moment.
        await em.findOneOrFail(
          Organization,
          { id: context.organizationId },
          { lockMode: LockMode.PESSIMISTIC_WRITE },
        );
        const user = await this.users.getById(context, id);
        const { email, role, is_active } = user;
        noteValuesBefore({ email, role, is_active });
        const losesAdministrator =
          role === 'admin' && is_active && (changes.role !== 'admin' || !changes.is_active);
        if (
          losesAdministrator &&
          (await this.users.countOtherAdministrators(context, user.id)) === 0
        ) {
          throw organizationErrors.lastAdministrator();
        }
        if (losesAdministrator && (await this.connections.isBreakGlass(context, user.id))) {
          throw organizationErrors.breakGlass();
        }
        Object.assign(user, changes);
        return user;
      },
      { propagation: TransactionPropagation.REQUIRED },
    );
    // Refused already because the user is not active; ended, so that they do not come back with the user.
    if (!updated.is_active) {
      await this.sessions.endAllSessions(context, updated.id, 'deactivated');
      await this.keys.revokeAllKeys(context, { kind: 'user', id: updated.id });
    }
    return updated;
  }

  /** For who forgot the password: a new one, to be changed at the next login. Sessions end. */
  async resetPassword(context: TenantContext, id: string): Promise<UserWithInitialPassword> {
    const user = await this.users.getById(context, id);
    const initialPassword = PasswordHasher.randomPassword();
    user.password_hash = await this.passwords.hash(initialPassword);
    user.password_version += 1;
    user.must_change_password = true;
    await this.users.flush();
    await this.sessions.endAllSessions(context, user.id, 'password_changed');
    return { user, initialPassword };
  }
}
