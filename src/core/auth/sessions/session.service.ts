import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Config } from '../../config/index.js';
import { createTenantContext } from '../../context/index.js';
import { TenantScope } from '../../database/index.js';
import { authErrors } from '../auth.errors.js';
import {
  type AuthenticatedIdentity,
  IdentityDirectory,
  type Standing,
} from '../identity-directory.js';
import { type AccessToken, AccessTokens } from '../tokens/access-tokens.js';
import {
  hashMatches,
  hashOf,
  newFamily,
  newSecret,
  readRefreshToken,
  type RefreshToken,
  writeRefreshToken,
} from './refresh-token.js';
import { isOver } from './session-check.js';
import {
  addressOf,
  agentOf,
  type Origin,
  type SessionState,
  SessionStore,
} from './session-store.js';

/** Two tabs of one browser may refresh with the same cookie at the same moment: within this they are told so. */
const RACE_SECONDS = 10;

/** What a client is handed when a session begins and at every refresh. */
export interface IssuedSession {
  readonly sessionId: string;
  readonly access: AccessToken;
  readonly refreshToken: string;
  /** Seconds, without any use. */
  readonly refreshExpiresIn: number;
  readonly mustChangePassword: boolean;
}

/** From a proven identity to a session, and from one access token to the next. */
@Injectable()
export class SessionService {
  readonly #lifetimeSeconds: number;
  readonly #accessSeconds: number;

  constructor(
    config: Config,
    private readonly store: SessionStore,
    private readonly tokens: AccessTokens,
    private readonly directory: IdentityDirectory,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
  ) {
    this.#lifetimeSeconds = config.get('SESSION_HOURS') * 3600;
    this.#accessSeconds = config.get('ACCESS_TOKEN_SECONDS');
  }

  /**
   * The one way into a session. `method` says how the identity was proven (`password`, `oidc`, …) and stands in the
   * list of sessions. `steppedUp` says that a second factor was part of it. Records the login.
   */
  async open(
    identity: AuthenticatedIdentity,
    origin: Origin,
    method: string,
    { steppedUp = false }: { readonly steppedUp?: boolean } = {},
  ): Promise<IssuedSession> {
    const [family, secret] = [newFamily(), newSecret()];
    const { organizationId } = identity;
    const sessionId = await this.store.insert(
      organizationId,
      {
        userId: identity.userId,
        method,
        passwordVersion: identity.passwordVersion,
        familyHash: hashOf(family),
        refreshHash: hashOf(secret),
        lifetimeSeconds: this.#lifetimeSeconds,
        steppedUp,
      },
      origin,
    );
    const context = createTenantContext({
      organizationId,
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
        new_values: { session_id: sessionId, method },
        ip: origin.ip,
      });
    });
    return this.#issue(
      { organizationId, sessionId, family, secret },
      identity.userId,
      identity,
      this.#lifetimeSeconds,
    );
  }

  /**
   * Exchanges a refresh token for the next one. A token works once: one that was used before ends its session, whoever
   * has the newer one, because one of the two stole it.
   *
   * @throws DomainError `AUTH.SESSION_ENDED` whatever was wrong, `AUTH.REFRESH_RACED` for the loser of a race
   */
  async refresh(text: string, origin: Origin): Promise<IssuedSession> {
    const token = readRefreshToken(text);
    if (token === null) throw authErrors.sessionEnded();
    const { organizationId, sessionId } = token;
    const session = await this.store.find(organizationId, sessionId);
    if (session === null || !hashMatches(token.family, session.family_hash)) {
      throw authErrors.sessionEnded();
    }
    const standing = await this.directory.findStanding(organizationId, session.user_id);
    if (standing === null || isOver(session, standing)) throw authErrors.sessionEnded();
    if (!hashMatches(token.secret, session.refresh_hash)) {
      return this.#refuseUsed(token, session, standing, origin);
    }
    const secret = newSecret();
    const hashes = { from: session.refresh_hash, to: hashOf(secret) };
    if (!(await this.store.rotate(organizationId, sessionId, hashes, origin))) {
      throw authErrors.refreshRaced();
    }
    return this.#issue({ ...token, secret }, session.user_id, standing, session.remaining_seconds);
  }

  /** A used token never yields another one. Only whether the session survives depends on who asks and when. */
  async #refuseUsed(
    token: RefreshToken,
    session: SessionState,
    standing: Standing,
    origin: Origin,
  ): Promise<never> {
    const raced =
      hashMatches(token.secret, session.previous_hash) &&
      session.rotated_seconds < RACE_SECONDS &&
      session.ip === addressOf(origin) &&
      session.user_agent === agentOf(origin);
    if (raced) throw authErrors.refreshRaced();
    await this.store.end(token.organizationId, token.sessionId, 'refresh_token_reused');
    const context = createTenantContext({
      organizationId: token.organizationId,
      actor: { kind: 'user', id: session.user_id, name: standing.username },
      role: standing.role,
      correlationId: origin.correlationId,
    });
    await this.scope.run(context, () =>
      this.audit.record(context, {
        action: 'refresh_token_reused',
        resource_type: 'user',
        resource_id: session.user_id,
        new_values: { session_id: token.sessionId, end_reason: 'refresh_token_reused' },
        ip: origin.ip,
      }),
    );
    throw authErrors.sessionEnded();
  }

  async #issue(
    token: RefreshToken,
    userId: string,
    standing: Pick<Standing, 'sessionTimeout' | 'mustChangePassword'>,
    remainingSeconds: number,
  ): Promise<IssuedSession> {
    const idle = Math.min(standing.sessionTimeout, Math.floor(remainingSeconds));
    const access = await this.tokens.issue(
      { sub: userId, org: token.organizationId, sid: token.sessionId },
      Math.max(1, Math.min(idle, this.#accessSeconds)),
    );
    return {
      sessionId: token.sessionId,
      access,
      refreshToken: writeRefreshToken(token),
      refreshExpiresIn: Math.max(1, idle),
      mustChangePassword: standing.mustChangePassword,
    };
  }
}
