import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { createTenantContext } from '../../context/index.js';
import { TenantScope } from '../../database/index.js';
import { DomainError } from '../../errors/index.js';
import { authErrors } from '../auth.errors.js';
import { type AuthenticatedIdentity, IdentityDirectory } from '../identity-directory.js';
import { type IssuedSession, SessionService } from '../sessions/session.service.js';
import type { Origin } from '../sessions/session-store.js';
import { type IssuedChallenge, LoginChallenges } from '../two-factor/login-challenges.js';
import { SecondFactor, type SecondFactorKind } from '../two-factor/second-factor.js';
import { TwoFactorStore } from '../two-factor/two-factor-store.js';

/** The second step of a login with a password. */
@Injectable()
export class SecondFactorLogin {
  constructor(
    private readonly store: TwoFactorStore,
    private readonly challenges: LoginChallenges,
    private readonly factor: SecondFactor,
    private readonly directory: IdentityDirectory,
    private readonly sessions: SessionService,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
  ) {}

  /** Null for who has no second factor: the password is enough. */
  async challenge(identity: AuthenticatedIdentity): Promise<IssuedChallenge | null> {
    const { organizationId, userId, passwordVersion } = identity;
    const factor = await this.store.find({ organizationId, userId });
    if (factor?.confirmedAt == null) return null;
    return this.challenges.issue({ organizationId, userId, passwordVersion });
  }

  /** @throws DomainError `AUTH.CHALLENGE_OVER`, `AUTH.WRONG_CODE`, `AUTH.TOO_MANY_CODES` */
  async answer(token: string, code: string, origin: Origin): Promise<IssuedSession> {
    const challenge = await this.challenges.find(token);
    if (challenge === null) throw authErrors.challengeOver();
    const { organizationId, userId } = challenge;
    const standing = await this.directory.findStanding(organizationId, userId);
    if (standing?.passwordVersion !== challenge.passwordVersion) throw authErrors.challengeOver();
    const identity = { ...standing, organizationId, userId };
    const kind = await this.#prove(identity, code, origin);
    // Of two right answers at the same moment one opens a session.
    if (!(await this.challenges.take(token))) throw authErrors.challengeOver();
    return this.sessions.open(identity, origin, `password+${kind}`, { steppedUp: true });
  }

  async #prove(
    identity: AuthenticatedIdentity,
    code: string,
    origin: Origin,
  ): Promise<SecondFactorKind> {
    try {
      return await this.factor.prove(identity, code);
    } catch (error) {
      if (error instanceof DomainError) await this.#recordRefusal(identity, error.code, origin);
      throw error;
    }
  }

  async #recordRefusal(
    identity: AuthenticatedIdentity,
    code: string,
    origin: Origin,
  ): Promise<void> {
    const context = createTenantContext({
      organizationId: identity.organizationId,
      actor: { kind: 'user', id: identity.userId, name: identity.username },
      role: identity.role,
      correlationId: origin.correlationId,
    });
    await this.scope.run(context, () =>
      this.audit.record(context, {
        action: 'login',
        resource_type: 'user',
        resource_id: identity.userId,
        ip: origin.ip,
        user_agent: origin.userAgent,
        outcome: { result: 'refused', code },
      }),
    );
  }
}
