import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { createTenantContext, type TenantContext } from '../context/index.js';
import { TenantScope } from '../database/index.js';
import { type AccessToken, AccessTokens } from './access-token.js';
import { authErrors } from './auth.errors.js';
import { IdentityDirectory } from './identity-directory.js';
import { LoginThrottle, throttleKey } from './login-throttle.js';
import { PasswordHasher } from './password-hasher.js';
import { assertGoodPassword } from './password-policy.js';

export interface LoginRequest {
  /** Slug; null where the installation has a single organization. */
  readonly organization: string | null;
  readonly username: string;
  readonly password: string;
}

export interface Login extends AccessToken {
  readonly mustChangePassword: boolean;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly directory: IdentityDirectory,
    private readonly passwords: PasswordHasher,
    private readonly tokens: AccessTokens,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
    private readonly throttle: LoginThrottle,
  ) {}

  /**
   * No tenant is known before.
   *
   * @throws DomainError `AUTH.INVALID_CREDENTIALS` whatever was wrong, `AUTH.TOO_MANY_ATTEMPTS`
   */
  async login(
    request: LoginRequest,
    origin: { readonly correlationId: string; readonly ip: string },
  ): Promise<Login> {
    const attempt = throttleKey({ ...request, ip: origin.ip });
    this.throttle.assertAllowed(attempt);
    const identity = await this.directory.findLogin(request.organization, request.username);
    const matches = await this.passwords.verify(identity?.passwordHash ?? null, request.password);
    if (identity === null || !matches) {
      this.throttle.noteFailure(attempt);
      throw authErrors.invalidCredentials();
    }
    this.throttle.noteSuccess(attempt);

    const context = createTenantContext({
      organizationId: identity.organizationId,
      actor: { kind: 'user', id: identity.userId, name: identity.username },
      role: identity.role,
      correlationId: origin.correlationId,
    });
    await this.scope.run(context, async () => {
      await this.directory.noteLogin(context);
      await this.audit.record(context, {
        action: 'login',
        resource_type: 'user',
        resource_id: identity.userId,
        ip: origin.ip,
      });
    });
    const token = await this.tokens.issue(
      { sub: identity.userId, org: identity.organizationId, pwv: identity.passwordVersion },
      identity.sessionTimeout,
    );
    return { ...token, mustChangePassword: identity.mustChangePassword };
  }

  /** Answers a new token: the ones issued before are refused from now on. */
  async changePassword(
    context: TenantContext,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<AccessToken> {
    const hash = await this.directory.passwordHash(context);
    if (!(await this.passwords.verify(hash, passwords.current))) {
      throw authErrors.wrongCurrentPassword();
    }
    assertGoodPassword(passwords.next, context.actor.name, passwords.current);
    const { passwordVersion, sessionTimeout } = await this.directory.setPassword(
      context,
      await this.passwords.hash(passwords.next),
    );
    if (context.actor.id === null) throw new Error('only a user has a password');
    return this.tokens.issue(
      { sub: context.actor.id, org: context.organizationId, pwv: passwordVersion },
      sessionTimeout,
    );
  }
}
