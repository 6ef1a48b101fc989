import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../context/index.js';
import { authErrors } from '../auth.errors.js';
import { IdentityDirectory } from '../identity-directory.js';
import type { SessionEnd } from './session.entity.js';
import { type ListedSession, SessionStore } from './session-store.js';

/** Where somebody is logged in, and the end of it. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly store: SessionStore,
    private readonly directory: IdentityDirectory,
  ) {}

  /** The newest first. */
  async listSessions(context: TenantContext, userId: string): Promise<ListedSession[]> {
    const standing = await this.directory.findStanding(context.organizationId, userId);
    if (standing === null) return [];
    const oldest = Date.now() - standing.sessionTimeout * 1000;
    const sessions = await this.store.list(context, userId);
    return sessions.filter((one) => one.last_used_at.getTime() >= oldest);
  }

  /** @throws DomainError `SESSION.NOT_FOUND`, also for the session of somebody else */
  async endSession(context: TenantContext, userId: string, id: string): Promise<void> {
    const ended = UUID.test(id) && (await this.store.endOwn(context, userId, id));
    if (!ended) throw authErrors.sessionNotFound();
  }

  /** Takes effect with the next request of any of them. Answers how many there were. */
  endAllSessions(context: TenantContext, userId: string, reason: SessionEnd): Promise<number> {
    return this.store.endAllOf(context.organizationId, userId, reason);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
