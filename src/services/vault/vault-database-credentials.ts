import type { Credentials, DatabaseCredentials, DatabaseLogin } from '../../core/database/index.js';
import { DomainError } from '../../core/errors/index.js';
import {
  isTemporary,
  RENEW_AT,
  type VaultLog,
  type VaultSession,
  WORTH_KEEPING,
} from './vault-session.js';

interface Lease {
  readonly id: string;
  readonly credentials: Credentials;
  /** What it was given for, in seconds. */
  readonly seconds: number;
}

const RETRY_MS = 1000;
const SHORTEST_TIMER_MS = 50;

/**
 * Logins of PostgreSQL from Vault's database engine (https://developer.hashicorp.com/vault/api-docs/secret/databases): each
 * is leased, renewed before its time is over, and replaced when it can be renewed no longer, was revoked, or its token ends.
 * The former lease is left to end by itself: statements under way still use it.
 */
export class VaultDatabaseCredentials implements DatabaseCredentials {
  readonly areLeased = true;
  readonly #leases = new Map<DatabaseLogin, Lease>();
  readonly #asking = new Map<DatabaseLogin, Promise<Lease>>();
  readonly #timers = new Map<DatabaseLogin, NodeJS.Timeout>();
  readonly #listeners: ((login: DatabaseLogin) => void)[] = [];
  /** Logins that could not be renewed or replaced when it was time. */
  readonly #troubled = new Set<DatabaseLogin>();
  #isClosed = false;

  constructor(
    private readonly session: VaultSession,
    private readonly options: {
      readonly mount: string;
      readonly roles: Readonly<Record<DatabaseLogin, string>>;
    },
    private readonly log: VaultLog,
  ) {
    session.onNewToken(() => {
      for (const login of this.#leases.keys()) void this.#replace(login);
    });
  }

  async current(login: DatabaseLogin): Promise<Credentials> {
    return (this.#leases.get(login) ?? (await this.#ask(login))).credentials;
  }

  onReplaced(listener: (login: DatabaseLogin) => void): void {
    this.#listeners.push(listener);
  }

  async refused(login: DatabaseLogin, credentials: Credentials): Promise<void> {
    if (this.#leases.get(login)?.credentials.user !== credentials.user) return;
    this.log('warn', 'PostgreSQL no longer takes a login that Vault leased', { login });
    await this.#ask(login);
    this.#announce(login);
  }

  /** Rejects while a login cannot be renewed or replaced, or could not be because Vault cannot be asked. */
  async check(): Promise<void> {
    await this.session.check();
    const [troubled] = this.#troubled;
    if (troubled === undefined) return;
    throw new DomainError({
      code: 'VAULT.UNAVAILABLE',
      kind: 'unavailable',
      logLevel: 'error',
      message: `The ${troubled} login of the database could not be renewed.`,
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** One request at a time for each login, whoever asks. */
  #ask(login: DatabaseLogin): Promise<Lease> {
    const asking = this.#asking.get(login);
    if (asking !== undefined) return asking;
    const asked = this.#lease(login).finally(() => this.#asking.delete(login));
    this.#asking.set(login, asked);
    return asked;
  }

  async #lease(login: DatabaseLogin): Promise<Lease> {
    const path = `${this.options.mount}/creds/${this.options.roles[login]}`;
    const { lease_id: id, lease_duration: seconds, data } = await this.session.read(path);
    const { username: user, password } = data ?? {};
    if (!id || !seconds || typeof user !== 'string' || typeof password !== 'string') {
      throw new DomainError({
        code: 'VAULT.UNEXPECTED',
        kind: 'unavailable',
        logLevel: 'error',
        message: `Vault answered ${path} without a leased login. Is it a role of a database engine?`,
      });
    }
    const lease = { id, credentials: { user, password }, seconds };
    this.#leases.set(login, lease);
    this.#troubled.delete(login);
    this.#schedule(login, seconds * 1000 * RENEW_AT);
    this.log('info', 'Vault leased a login of the database', { login, user, seconds });
    return lease;
  }

  #schedule(login: DatabaseLogin, delay: number): void {
    clearTimeout(this.#timers.get(login));
    if (this.#isClosed) return;
    const wait = Math.min(Math.max(delay, SHORTEST_TIMER_MS), 2 ** 31 - 1);
    const timer = setTimeout(() => void this.#renew(login), wait);
    timer.unref();
    this.#timers.set(login, timer);
  }

  async #renew(login: DatabaseLogin): Promise<void> {
    const lease = this.#leases.get(login);
    if (lease === undefined || this.#isClosed) return;
    try {
      const { lease_duration: seconds = 0 } = await this.session.put('sys/leases/renew', {
        lease_id: lease.id,
        increment: lease.seconds,
      });
      this.#troubled.delete(login);
      // Replaced meanwhile: the new one has a timer of its own.
      if (this.#leases.get(login) !== lease) return;
      if (seconds >= lease.seconds * WORTH_KEEPING) {
        this.#schedule(login, seconds * 1000 * RENEW_AT);
        return;
      }
    } catch (error) {
      if (isTemporary(error)) {
        this.#troubled.add(login);
        this.#schedule(login, RETRY_MS);
        return;
      }
      // Revoked, expired or not renewable: another one is needed, whichever it is.
    }
    if (this.#leases.get(login) === lease) await this.#replace(login);
  }

  async #replace(login: DatabaseLogin): Promise<void> {
    if (this.#isClosed) return;
    try {
      await this.#ask(login);
      this.#announce(login);
    } catch (error) {
      this.#troubled.add(login);
      this.log('warn', 'Vault leased no other login of the database; it is asked again', {
        login,
        code: error instanceof DomainError ? error.code : 'unknown',
      });
      this.#schedule(login, RETRY_MS);
    }
  }

  #announce(login: DatabaseLogin): void {
    for (const listener of this.#listeners) listener(login);
  }
}
