import { Injectable } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { AuditTrail } from '../../../core/audit/index.js';
import {
  IdentityDirectory,
  type IssuedSession,
  type Origin,
  type RefreshDeliveryKind,
  SessionService,
  SSO_METHOD,
  SSO_METHOD_WITH_FACTOR,
} from '../../../core/auth/index.js';
import { Config } from '../../../core/config/index.js';
import { createSystemContext, type TenantContext } from '../../../core/context/index.js';
import { TenantScope } from '../../../core/database/index.js';
import { DomainError } from '../../../core/errors/index.js';
import { AttemptLimiter } from '../../../core/redis/index.js';
import { OidcClient, type OidcSettings } from './oidc-client.js';
import { SsoAccountsService } from './sso-accounts.service.js';
import { profileOf } from './sso-claims.js';
import type { SsoConnection } from './sso-connection.entity.js';
import { SsoConnectionRepository } from './sso-connection.repository.js';
import { type SsoAttempt, SsoLoginAttempts } from './sso-login-attempts.js';
import { ssoErrors } from './sso.errors.js';

export const CALLBACK_PATH = '/api/v1/auth/sso/callback';

/** Of one address; an office shares one. */
const MAX_LOGINS = 300;
const WINDOW_SECONDS = 15 * 60;

/** A login by the provider of an organization, from the first redirect to the session. */
@Injectable()
export class SsoLoginService {
  readonly #callback: URL;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly scope: TenantScope,
    private readonly connections: SsoConnectionRepository,
    private readonly accounts: SsoAccountsService,
    private readonly attempts: SsoLoginAttempts,
    private readonly oidc: OidcClient,
    private readonly directory: IdentityDirectory,
    private readonly sessions: SessionService,
    private readonly limiter: AttemptLimiter,
    private readonly audit: AuditTrail,
  ) {
    this.#callback = new URL(CALLBACK_PATH, config.get('PUBLIC_URL'));
  }

  /**
   * Where to send the browser, and what it keeps in a cookie meanwhile.
   *
   * @throws DomainError `SSO.NOT_CONFIGURED`, `SSO.TOO_MANY_ATTEMPTS`, `SSO.PROVIDER_UNREACHABLE`
   */
  async begin(
    organization: string | null,
    refreshIn: RefreshDeliveryKind,
    origin: Origin,
  ): Promise<{ readonly url: URL; readonly binding: string }> {
    await this.#limit(origin);
    // The only question that is asked before a tenant is known.
    const [row] = await this.em
      .fork()
      .execute<{ id: string | null }[]>('select find_sso_organization(?::text) as id', [
        organization,
      ]);
    const organizationId = row?.id;
    if (typeof organizationId !== 'string') throw ssoErrors.notConfigured();
    const checks = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
    };
    return this.#inTenant(organizationId, origin, async (context) => {
      const connection = await this.#activeConnection(context);
      const url = await this.oidc.authorizationUrl(await this.#settings(connection), {
        ...checks,
        scopes: connection.scopes,
        redirectUri: this.#callback.href,
      });
      const connectionId = connection.id;
      const attempt = { ...checks, organizationId, connectionId, refreshIn };
      return { url, binding: await this.attempts.begin(attempt) };
    });
  }

  /**
   * Takes what the provider sent the browser back with. `query` is the query of the callback, `binding` the cookie's.
   *
   * @throws DomainError `SSO.*`, `USER.LAST_ADMINISTRATOR`
   */
  async finish(
    query: URLSearchParams,
    binding: string,
    origin: Origin,
  ): Promise<{ readonly issued: IssuedSession; readonly refreshIn: RefreshDeliveryKind }> {
    await this.#limit(origin);
    const [state, second] = query.getAll('state');
    if (state === undefined || second !== undefined) throw ssoErrors.stateInvalid();
    const attempt = await this.attempts.take(state, binding);
    if (attempt === null) throw ssoErrors.stateInvalid();
    return this.#inTenant(attempt.organizationId, origin, async (context) => {
      try {
        const issued = await this.#open(context, attempt, query, origin);
        return { issued, refreshIn: attempt.refreshIn };
      } catch (error) {
        await this.#recordRefusal(context, error, origin);
        throw error;
      }
    });
  }

  async #open(
    context: TenantContext,
    attempt: SsoAttempt,
    query: URLSearchParams,
    origin: Origin,
  ): Promise<IssuedSession> {
    const connection = await this.#activeConnection(context);
    if (connection.id !== attempt.connectionId) throw ssoErrors.stateInvalid();
    const callback = new URL(this.#callback);
    callback.search = query.toString();
    const groups = connection.groups_claim.split('.')[0] ?? '';
    const claims = await this.oidc.claims(
      await this.#settings(connection),
      callback,
      attempt,
      connection.role_mapping.length === 0
        ? ['email', 'email_verified']
        : ['email', 'email_verified', groups],
    );
    const profile = profileOf(claims, connection);
    const user = await this.accounts.userOf(context, connection, profile, origin.ip);
    const standing = await this.directory.findStanding(context.organizationId, user.id);
    if (standing === null) throw ssoErrors.accountInactive();
    const { organizationId } = context;
    const method = profile.secondFactor ? SSO_METHOD_WITH_FACTOR : SSO_METHOD;
    return this.sessions.open({ ...standing, organizationId, userId: user.id }, origin, method);
  }

  async #activeConnection(context: TenantContext): Promise<SsoConnection> {
    const found = await this.connections.findOfOrganization(context);
    const open =
      found?.is_active === true && (await this.directory.isActive(context.organizationId));
    if (!open) throw ssoErrors.notConfigured();
    return found;
  }

  async #settings(connection: SsoConnection): Promise<OidcSettings> {
    const { issuer, client_id, token_auth_method } = connection;
    const client_secret = await this.connections.openSecret(connection);
    return { issuer, client_id, token_auth_method, client_secret };
  }

  async #recordRefusal(context: TenantContext, error: unknown, origin: Origin): Promise<void> {
    if (!(error instanceof DomainError)) return;
    await this.audit.record(context, {
      action: 'login',
      resource_type: 'user',
      new_values: { method: 'sso' },
      ip: origin.ip,
      user_agent: origin.userAgent,
      outcome: { result: 'refused', code: error.code },
    });
  }

  async #limit({ ip }: Origin): Promise<void> {
    const limit = { name: 'sso', who: [ip], max: MAX_LOGINS, windowSeconds: WINDOW_SECONDS };
    if (!(await this.limiter.take([limit]))) throw ssoErrors.tooManyAttempts();
  }

  #inTenant<T>(
    organizationId: string,
    origin: Origin,
    work: (context: TenantContext) => Promise<T>,
  ): Promise<T> {
    const { correlationId } = origin;
    const context = createSystemContext(organizationId, 'single sign-on', correlationId);
    return this.scope.run(context, () => work(context));
  }
}
