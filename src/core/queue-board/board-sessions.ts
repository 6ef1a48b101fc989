import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type OperatorAccount, Operators } from '../auth/index.js';
import { RedisConnection } from '../redis/index.js';

/** From the code that was proven; then token and code are asked for again. */
export const BOARD_SECONDS = 15 * 60;

interface Kept {
  readonly operatorId: string;
  readonly name: string;
  readonly tokenHash: string;
}

/** Who has the board open. In Redis, under the hash of what the browser has; ends with the operator. */
@Injectable()
export class BoardSessions {
  constructor(
    private readonly redis: RedisConnection,
    private readonly operators: Operators,
  ) {}

  /** Answers what the browser keeps in its cookie. */
  async open(operator: OperatorAccount): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const kept: Kept = {
      operatorId: operator.id,
      name: operator.name,
      tokenHash: operator.token_hash,
    };
    await this.redis.run((client) =>
      client.set(keyOf(secret), JSON.stringify(kept), 'EX', BOARD_SECONDS),
    );
    return secret;
  }

  /** The name of the operator; null for an unknown one, a late one, and one who was disabled or renewed since. */
  async operatorOf(secret: string): Promise<string | null> {
    const text = await this.redis.run((client) => client.get(keyOf(secret)));
    if (text === null) return null;
    const { operatorId, name, tokenHash } = JSON.parse(text) as Kept;
    return (await this.operators.stands(operatorId, tokenHash)) ? name : null;
  }

  async end(secret: string): Promise<void> {
    await this.redis.run((client) => client.del(keyOf(secret)));
  }
}

function keyOf(secret: string): string {
  return `queue-board:${createHash('sha256').update(secret).digest('base64url')}`;
}
