import { Injectable } from '@nestjs/common';
import { IdentityDirectory, type Standing } from '../identity-directory.js';
import { mustProveTwoFactor, type Principal } from '../principal.js';
import type { AccessClaims } from '../tokens/access-tokens.js';
import { type SessionState, SessionStore } from './session-store.js';

/** How long a proof of the second factor opens what `@StepUp()` closes. */
const STEP_UP_SECONDS = 600;

/** Use is noted at most this often, or four times within a short session timeout. */
const TOUCH_SECONDS = 60;

/** Asked at every request: does the token's session still stand? */
@Injectable()
export class SessionCheck {
  constructor(
    private readonly store: SessionStore,
    private readonly directory: IdentityDirectory,
  ) {}

  /**
   * For the claims of a verified token. Null refuses it: its session ended or was idle for too long, the user or the
   * organization is not active, or the password was changed since.
   */
  async principalOf(claims: AccessClaims): Promise<Principal | null> {
    const [session, standing] = await Promise.all([
      this.store.find(claims.org, claims.sid),
      this.directory.findStanding(claims.org, claims.sub),
    ]);
    if (session === null || standing === null || session.user_id !== claims.sub) return null;
    if (isOver(session, standing)) return null;
    if (session.idle_seconds > Math.min(TOUCH_SECONDS, standing.sessionTimeout / 4)) {
      await this.store.touch(claims.org, claims.sid);
    }
    return {
      organizationId: claims.org,
      actor: { kind: 'user', id: claims.sub, name: standing.username },
      role: standing.role,
      mustChangePassword: standing.mustChangePassword,
      sessionId: claims.sid,
      apiKey: null,
      hasTwoFactor: standing.hasTwoFactor,
      mustProveTwoFactor: mustProveTwoFactor(
        standing,
        session.method,
        session.stepped_up_seconds !== null,
      ),
      steppedUp:
        session.stepped_up_seconds !== null && session.stepped_up_seconds < STEP_UP_SECONDS,
    };
  }
}

export function isOver(session: SessionState, standing: Standing): boolean {
  return (
    session.password_version !== standing.passwordVersion ||
    session.idle_seconds > standing.sessionTimeout
  );
}
