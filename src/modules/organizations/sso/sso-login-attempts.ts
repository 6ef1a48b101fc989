import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RefreshDeliveryKind } from '../../../core/auth/index.js';
import { RedisConnection } from '../../../core/redis/index.js';
import type { OidcChecks } from './oidc-client.js';

export const ATTEMPT_SECONDS = 600;

/** A login that was begun: what the callback must prove, and for whom. */
export interface SsoAttempt extends OidcChecks {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly refreshIn: RefreshDeliveryKind;
}

interface Kept extends SsoAttempt {
  readonly bindingHash: string;
}

/**
 * Logins on their way, in Redis for ten minutes. Each is found by its state, taken once, and only by the browser that has the
 * cookie with the other half. No tenant is known before it is found, so the organization stands in the value.
 */
@Injectable()
export class SsoLoginAttempts {
  constructor(private readonly redis: RedisConnection) {}

  /** Answers what the browser keeps in its cookie. */
  async begin(attempt: SsoAttempt): Promise<string> {
    const binding = randomBytes(32).toString('base64url');
    const kept: Kept = { ...attempt, bindingHash: hashOf(binding) };
    await this.redis.run((client) =>
      client.set(keyOf(attempt.state), JSON.stringify(kept), 'EX', ATTEMPT_SECONDS),
    );
    return binding;
  }

  /** Null for an unknown, used or late state, and for another browser; the attempt is gone in any case. */
  async take(state: string, binding: string): Promise<SsoAttempt | null> {
    const [reply] = await this.redis.run(
      async (client) => (await client.multi().get(keyOf(state)).del(keyOf(state)).exec()) ?? [],
    );
    const text = reply?.[1];
    if (typeof text !== 'string') return null;
    const { bindingHash, ...attempt } = JSON.parse(text) as Kept;
    const same = timingSafeEqual(Buffer.from(bindingHash), Buffer.from(hashOf(binding)));
    return same ? attempt : null;
  }
}

function keyOf(state: string): string {
  return `sso:${hashOf(state)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
