import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json.js';
import { badRequest } from './answer.js';
import { remainingSeconds, type Token } from './tokens.js';

interface Lease {
  readonly id: string;
  readonly token: Token;
  readonly issuedAt: number;
  readonly ttl: number;
  readonly maxTtl: number;
  readonly onRenew: (expiresAt: Date) => Promise<void>;
  readonly onEnd: () => Promise<void>;
  expiresAt: number;
}

const RETRY_MS = 200;
const TRIES = 50;

/** Leases of secrets: https://developer.hashicorp.com/vault/api-docs/system/leases */
export class Leases {
  readonly #leases = new Map<string, Lease>();
  readonly #ending = new Set<Promise<void>>();

  add(path: string, lease: Omit<Lease, 'id' | 'issuedAt' | 'expiresAt'>): JsonObject {
    const id = `${path}/${randomBytes(18).toString('base64url')}`;
    const now = Date.now();
    const expiresAt = now + Math.min(lease.ttl, lease.maxTtl) * 1000;
    this.#leases.set(id, { ...lease, id, issuedAt: now, expiresAt });
    return { lease_id: id, renewable: true, lease_duration: remainingSeconds(expiresAt) };
  }

  /** @throws VaultError 400 when it expired or was revoked */
  async renew(id: unknown, increment: unknown): Promise<JsonObject> {
    const lease = typeof id === 'string' ? this.#leases.get(id) : undefined;
    if (lease === undefined || lease.expiresAt <= Date.now()) throw badRequest('lease not found');
    const asked = typeof increment === 'number' && increment > 0 ? increment : lease.ttl;
    const latest = lease.issuedAt + lease.maxTtl * 1000;
    lease.expiresAt = Math.min(Date.now() + asked * 1000, latest);
    await lease.onRenew(new Date(lease.expiresAt));
    const lease_duration = remainingSeconds(lease.expiresAt);
    return { lease_id: lease.id, renewable: true, lease_duration };
  }

  /** Leases whose id begins so. Resolves when what was leased is gone. */
  async revoke(prefix: string): Promise<void> {
    await this.#endAll([...this.#leases.values()].filter(({ id }) => id.startsWith(prefix)));
  }

  revokeOf(token: Token): void {
    void this.#endAll([...this.#leases.values()].filter((lease) => lease.token === token));
  }

  sweep(): void {
    const now = Date.now();
    void this.#endAll([...this.#leases.values()].filter(({ expiresAt }) => expiresAt <= now));
  }

  get live(): readonly string[] {
    return [...this.#leases.keys()];
  }

  /** Waits for what is being revoked. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  async #endAll(leases: readonly Lease[]): Promise<void> {
    await Promise.all(
      leases.map((lease) => {
        this.#leases.delete(lease.id);
        const ending = this.#end(lease).finally(() => this.#ending.delete(ending));
        this.#ending.add(ending);
        return ending;
      }),
    );
  }

  /** Vault tries again when a revocation fails; a role that owns a temporary table cannot be dropped at once. */
  async #end(lease: Lease): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await lease.onEnd();
        return;
      } catch (error) {
        if (attempt === TRIES) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
