import { isIP } from 'node:net';
import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createSystemContext, type TenantContext } from '../../context/index.js';
import { TenantSql } from '../../database/index.js';
import type { SessionEnd } from './session.entity.js';

/** From where somebody calls. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string;
  readonly correlationId: string;
}

/** A session that is not over by its row; all durations by the clock of the database. */
export interface SessionState {
  readonly user_id: string;
  readonly method: string;
  readonly password_version: number;
  readonly family_hash: string;
  readonly refresh_hash: string;
  readonly previous_hash: string | null;
  readonly idle_seconds: number;
  readonly rotated_seconds: number;
  readonly remaining_seconds: number;
  /** Since the second factor was proven; null when it was not. */
  readonly stepped_up_seconds: number | null;
  readonly ip: string | null;
  readonly user_agent: string;
}

export interface ListedSession {
  readonly id: string;
  readonly method: string;
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
  readonly ip: string | null;
  readonly user_agent: string;
}

export interface NewSession {
  readonly userId: string;
  readonly method: string;
  readonly passwordVersion: number;
  readonly familyHash: string;
  readonly refreshHash: string;
  readonly lifetimeSeconds: number;
  /** Whether the second factor was proven at the login. */
  readonly steppedUp: boolean;
}

/** Ended ones stay this long, for whoever looks into an incident. */
const KEPT_DAYS = 30;
const LONGEST_USER_AGENT = 300;
/** Of one user; the oldest ends when there is one more. */
const MAX_SESSIONS = 50;

const OPEN = 'ended_at is null and expires_at > now()';

/** The table of sessions. Nobody is authenticated yet when most of this is asked, so the organization is given. */
@Injectable()
export class SessionStore {
  constructor(private readonly sql: TenantSql) {}

  async insert(organizationId: string, session: NewSession, origin: Origin): Promise<string> {
    const id = randomUUIDv7();
    // One statement, one commit: the new row, and what it pushes out.
    await this.sql.write(
      system(organizationId),
      `with kept as (
         select id from sessions where organization_id = $1 and user_id = $3 and ${OPEN}
         order by created_at desc, id desc limit ${MAX_SESSIONS - 1}
       ), removed as (
         delete from sessions
         where organization_id = $1 and user_id = $3 and id not in (select id from kept)
           and (${OPEN} or coalesce(ended_at, expires_at) < now() - interval '${KEPT_DAYS} days')
       )
       insert into sessions (organization_id, id, user_id, method, password_version, family_hash,
         refresh_hash, expires_at, ip, user_agent, stepped_up_at)
       values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8), $9, $10,
         case when $11 then now() end)`,
      [
        organizationId,
        id,
        session.userId,
        session.method,
        session.passwordVersion,
        session.familyHash,
        session.refreshHash,
        session.lifetimeSeconds,
        addressOf(origin),
        agentOf(origin),
        session.steppedUp,
      ],
    );
    return id;
  }

  /** Null when it never was, has ended or is too old. */
  async find(organizationId: string, id: string): Promise<SessionState | null> {
    const [row] = await this.sql.read<SessionState & { readonly id: string }>(
      system(organizationId),
      `select user_id, method, password_version, family_hash, refresh_hash, previous_hash,
         extract(epoch from now() - last_used_at)::float8 as idle_seconds,
         extract(epoch from now() - rotated_at)::float8 as rotated_seconds,
         extract(epoch from expires_at - now())::float8 as remaining_seconds,
         extract(epoch from now() - stepped_up_at)::float8 as stepped_up_seconds,
         host(ip) as ip, user_agent
       from sessions where organization_id = $1 and id = $2 and ${OPEN}`,
      [organizationId, id],
    );
    return row ?? null;
  }

  async touch(organizationId: string, id: string): Promise<void> {
    await this.sql.write(
      system(organizationId),
      'update sessions set last_used_at = now() where organization_id = $1 and id = $2',
      [organizationId, id],
    );
  }

  async stepUp(organizationId: string, id: string): Promise<void> {
    await this.sql.write(
      system(organizationId),
      'update sessions set stepped_up_at = now() where organization_id = $1 and id = $2',
      [organizationId, id],
    );
  }

  /** False when somebody else used the token in the same moment: only one of two gets a new one. */
  async rotate(
    organizationId: string,
    id: string,
    hashes: { readonly from: string; readonly to: string },
    origin: Origin,
  ): Promise<boolean> {
    const rows = await this.sql.write(
      system(organizationId),
      `update sessions set previous_hash = refresh_hash, refresh_hash = $4, rotated_at = now(),
         last_used_at = now(), ip = $5, user_agent = $6
       where organization_id = $1 and id = $2 and refresh_hash = $3 and ${OPEN} returning id`,
      [organizationId, id, hashes.from, hashes.to, addressOf(origin), agentOf(origin)],
    );
    return rows.length === 1;
  }

  async end(organizationId: string, id: string, reason: SessionEnd): Promise<void> {
    await this.sql.write(
      system(organizationId),
      `update sessions set ended_at = now(), end_reason = $3
       where organization_id = $1 and id = $2 and ended_at is null`,
      [organizationId, id, reason],
    );
  }

  /** One session of one user; false when the user has no such open session. */
  async endOwn(context: TenantContext, userId: string, id: string): Promise<boolean> {
    const rows = await this.sql.write(
      context,
      `update sessions set ended_at = now(), end_reason = 'revoked'
       where organization_id = $1 and user_id = $2 and id = $3 and ${OPEN} returning id`,
      [context.organizationId, userId, id],
    );
    return rows.length === 1;
  }

  /** Answers how many. */
  async endAllOf(organizationId: string, userId: string, reason: SessionEnd): Promise<number> {
    const rows = await this.sql.write(
      system(organizationId),
      `update sessions set ended_at = now(), end_reason = $3
       where organization_id = $1 and user_id = $2 and ${OPEN} returning id`,
      [organizationId, userId, reason],
    );
    return rows.length;
  }

  /** The newest first; idle ones too, which a use would find ended. */
  list(context: TenantContext, userId: string): Promise<ListedSession[]> {
    return this.sql.read<ListedSession>(
      context,
      `select id, method, created_at, last_used_at, expires_at, host(ip) as ip, user_agent
       from sessions where organization_id = $1 and user_id = $2 and ${OPEN}
       order by created_at desc, id desc limit ${MAX_SESSIONS}`,
      [context.organizationId, userId],
    );
  }
}

function system(organizationId: string): TenantContext {
  return createSystemContext(organizationId, 'authentication');
}

/** A proxy may hand on anything as an address. */
export function addressOf(origin: Origin): string | null {
  return isIP(origin.ip) === 0 ? null : origin.ip;
}

export function agentOf(origin: Origin): string {
  return origin.userAgent.slice(0, LONGEST_USER_AGENT);
}
