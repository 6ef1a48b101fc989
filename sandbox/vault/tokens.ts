import { randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.js';
import type { Policy } from './policy.js';

export interface Token {
  readonly id: string;
  readonly accessor: string;
  readonly policyNames: readonly string[];
  readonly policies: readonly Policy[];
  readonly issuedAt: number;
  readonly ttl: number;
  readonly maxTtl: number;
  expiresAt: number;
}

export interface TokenRole {
  readonly policyNames: readonly string[];
  readonly policies: readonly Policy[];
  /** Seconds. */
  readonly ttl: number;
  readonly maxTtl: number;
}

/** Service tokens: https://developer.hashicorp.com/vault/api-docs/auth/token */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  /** `onEnd` hears of a token that expired or was revoked; its leases end with it. */
  constructor(private readonly onEnd: (token: Token) => void) {}

  issue(role: TokenRole): Token {
    const now = Date.now();
    const token: Token = {
      ...role,
      id: `hvs.${randomBytes(24).toString('base64url')}`,
      accessor: randomUUID(),
      issuedAt: now,
      expiresAt: now + role.ttl * 1000,
    };
    this.#tokens.set(token.id, token);
    return token;
  }

  /** Null for one that is unknown, expired or revoked. */
  find(id: string): Token | null {
    const token = this.#tokens.get(id);
    if (token === undefined) return null;
    if (token.expiresAt > Date.now()) return token;
    this.revoke(token);
    return null;
  }

  /** As long as it had at first, but never past its maximum. */
  renew(token: Token): void {
    const latest = token.issuedAt + token.maxTtl * 1000;
    token.expiresAt = Math.min(Date.now() + token.ttl * 1000, latest);
  }

  revoke(token: Token): void {
    if (this.#tokens.delete(token.id)) this.onEnd(token);
  }

  revokeAll(): void {
    for (const token of this.#tokens.values()) this.revoke(token);
  }

  /** Ends what is over; called by a clock. */
  sweep(): void {
    for (const id of this.#tokens.keys()) this.find(id);
  }

  get live(): number {
    return this.#tokens.size;
  }
}

export function remainingSeconds(expiresAt: number): number {
  return Math.max(0, Math.round((expiresAt - Date.now()) / 1000));
}

export function authOf(token: Token): JsonObject {
  return {
    client_token: token.id,
    accessor: token.accessor,
    policies: [...token.policyNames],
    token_policies: [...token.policyNames],
    metadata: {},
    lease_duration: remainingSeconds(token.expiresAt),
    renewable: true,
    entity_id: '',
    token_type: 'service',
    orphan: true,
    mfa_requirement: null,
    num_uses: 0,
  };
}
