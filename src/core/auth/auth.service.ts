import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { createTenantContext, type TenantContext } from '../context/index.js';
import { TenantScope } from '../database/index.js';
import { Logger } from '../logging/index.js';
import { authErrors } from './auth.errors.js';
import { IdentityDirectory, type LoginIdentity } from './identity-directory.js';
import { SecondFactorLogin } from './login/second-factor-login.js';
import { LoginThrottle } from './login/login-throttle.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { assertGoodPassword } from './passwords/password-policy.js';
import { type IssuedSession, SessionService } from './sessions/session.service.js';
import { type Origin, SessionStore } from './sessions/session-store.js';
import type { IssuedChallenge } from './two-factor/login-challenges.js';

export interface LoginRequest {
  /** Slug; null where the installation has a single organization. */
  readonly organization: string | null;
  /** Username or mail address. */
  readonly username: string;
  readonly password: string;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly directory: IdentityDirectory,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly store: SessionStore,
    private readonly throttle: LoginThrottle,
    private readonly secondFactor: SecondFactorLogin,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
    private readonly logger: Logger,
  ) {}

  /**
   * A session, or, for who has a second factor, the challenge to prove it.
   *
   * @throws DomainError `AUTH.INVALID_CREDENTIALS` whatever was wrong, `AUTH.TOO_MANY_ATTEMPTS`, `AUTH.SSO_REQUIRED`
   */
  async login(
    request: LoginRequest,
    origin: Origin,
  ): Promise<{ readonly session: IssuedSession } | { readonly challenge: IssuedChallenge }> {
    const identity = await this.authenticate(request, origin);
    const challenge = await this.secondFactor.challenge(identity);
    if (challenge !== null) return { challenge };
    return { session: await this.sessions.open(identity, origin, 'password') };
  }

  /** Who a password belongs to, without a session yet. No tenant is known before. */
  async authenticate(request: LoginRequest, origin: Origin): Promise<LoginIdentity> {
    const attempt = { ...request, ip: origin.ip };
    await this.throttle.take(attempt);
    const identity = await this.directory.findLogin(request.organization, request.username);
    const matches = await this.passwords.verify(identity?.passwordHash ?? null, request.password);
    if (identity === null) throw authErrors.invalidCredentials();
    if (!matches) {
      this.#noteFailure(identity, origin);
      throw authErrors.invalidCredentials();
    }
    await this.throttle.noteSuccess(attempt);
    if (!(await this.directory.mayUsePassword(identity.organizationId, identity.userId))) {
      throw authErrors.ssoRequired();
    }
    if (this.passwords.isOutdated(identity.passwordHash)) {
      await this.#rehash(identity, request.password, origin);
    }
    return identity;
  }

  /** Ends every session of the user, also the one that asks, and begins a new one for it. */
  async changePassword(
    context: TenantContext,
    passwords: { readonly current: string; readonly next: string },
    origin: Origin,
  ): Promise<IssuedSession> {
    const { organizationId, actor } = context;
    if (actor.id === null) throw new Error('only a user has a password');
    const hash = await this.directory.passwordHash(context);
    if (!(await this.passwords.verify(hash, passwords.current))) {
      throw authErrors.wrongCurrentPassword();
    }
    // It would begin a session with a password, and outlive the provider's word.
    if (!(await this.directory.mayUsePassword(organizationId, actor.id))) {
      throw authErrors.ssoRequired();
    }
    assertGoodPassword(passwords.next, {
      username: actor.name,
      words: await this.directory.contextWords(context),
      current: passwords.current,
    });
    await this.directory.setPassword(context, await this.passwords.hash(passwords.next));
    await this.store.endAllOf(organizationId, actor.id, 'password_changed');
    const standing = await this.directory.findStanding(organizationId, actor.id);
    if (standing === null) throw authErrors.required();
    return this.sessions.open(
      { ...standing, organizationId, userId: actor.id },
      origin,
      'password',
    );
  }

  /** Nobody waits for it: an answer that comes later for a known name would tell that it is known. */
  #noteFailure(identity: LoginIdentity, origin: Origin): void {
    const context = contextOf(identity, origin);
    this.scope
      .run(context, () =>
        this.audit.record(context, {
          action: 'login',
          resource_type: 'user',
          resource_id: identity.userId,
          ip: origin.ip,
          user_agent: origin.userAgent,
          outcome: { result: 'refused', code: 'AUTH.INVALID_CREDENTIALS' },
        }),
      )
      .catch((error: unknown) => {
        this.logger.write('error', 'a failed login was not recorded', { error });
      });
  }

  async #rehash(identity: LoginIdentity, password: string, origin: Origin): Promise<void> {
    const context = contextOf(identity, origin);
    const hash = await this.passwords.hash(password);
    await this.scope.run(context, () => this.directory.replaceHash(context, hash));
  }
}

function contextOf(identity: LoginIdentity, origin: Origin): TenantContext {
  return createTenantContext({
    organizationId: identity.organizationId,
    actor: { kind: 'user', id: identity.userId, name: identity.username },
    role: identity.role,
    correlationId: origin.correlationId,
  });
}
