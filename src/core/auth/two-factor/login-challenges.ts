import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../redis/index.js';

const PREFIX = 'dgc_';
const SECRET_BYTES = 32;
const LIFETIME_SECONDS = 300;

/** A login whose password was right and whose second factor is awaited. */
export interface LoginChallenge {
  readonly organizationId: string;
  readonly userId: string;
  /** Of the password that was right: another one since then makes the challenge worthless. */
  readonly passwordVersion: number;
}

export interface IssuedChallenge {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Between the two steps of a login. Short-lived, so it rests in Redis, under the hash of its token. */
@Injectable()
export class LoginChallenges {
  constructor(private readonly redis: RedisConnection) {}

  async issue(challenge: LoginChallenge): Promise<IssuedChallenge> {
    const token = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
    const text = JSON.stringify(challenge);
    await this.redis.run((client) => client.set(keyOf(token), text, 'EX', LIFETIME_SECONDS));
    return { token, expiresIn: LIFETIME_SECONDS };
  }

  /** Null when it never was, is too old or was used. */
  async find(token: string): Promise<LoginChallenge | null> {
    const text = await this.redis.run((client) => client.get(keyOf(token)));
    return text === null ? null : (JSON.parse(text) as LoginChallenge);
  }

  /** Uses it up; false for all but one of those who ask at the same moment. */
  async take(token: string): Promise<boolean> {
    return (await this.redis.run((client) => client.del(keyOf(token)))) === 1;
  }
}

function keyOf(token: string): string {
  return `login-challenge:${createHash('sha256').update(token).digest('base64url')}`;
}
