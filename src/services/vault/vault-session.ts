import { setTimeout as sleep } from 'node:timers/promises';
import nodeVault from 'node-vault';
import { DomainError } from '../../core/errors/index.js';
import { connectionAgents } from './connection-agents.js';
import { readServiceAccountToken } from './service-account-token.js';
import { type VaultFailure, vaultFailure } from './vault.errors.js';
import type { VaultOptions } from './vault.options.js';

type Level = 'info' | 'warn';
export type VaultLog = (level: Level, message: string, fields?: Record<string, unknown>) => void;

/** One answer of Vault: https://developer.hashicorp.com/vault/api-docs#the-x-vault-request-header */
export interface VaultAnswer {
  readonly lease_id?: string;
  readonly lease_duration?: number;
  readonly renewable?: boolean;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly auth?: {
    readonly client_token: string;
    readonly lease_duration: number;
    readonly renewable: boolean;
  } | null;
}

type Method = 'GET' | 'POST' | 'PUT';

const REQUEST_TIMEOUT_MS = 5000;
/** How long a request waits for a Vault that is sealed or away before it fails. */
const PATIENCE_MS = 8000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A token or lease is renewed when this part of its time is over. */
export const RENEW_AT = 2 / 3;
/** Renewed for less than this part of what it once had: its end is near, another one is taken. */
export const WORTH_KEEPING = 1 / 2;
const SHORTEST_TIMER_MS = 50;

/** One process's login at Vault: the token is renewed before it ends, and replaced when it cannot be. */
export class VaultSession {
  readonly #client: nodeVault.client;
  readonly #agents: ReturnType<typeof connectionAgents>;
  readonly #listeners: (() => void)[] = [];
  #loggingIn: Promise<void> | null = null;
  #ttl = 0;
  #timer: NodeJS.Timeout | undefined;
  #isAway = false;
  #isClosed = false;

  constructor(
    private readonly options: VaultOptions,
    private readonly log: VaultLog,
  ) {
    this.#agents = connectionAgents(options.caFile);
    this.#client = nodeVault({
      endpoint: options.address,
      namespace: options.namespace,
      // Its own debug lines hold tokens and plaintexts.
      debug: () => undefined,
    });
    // Not from VAULT_TOKEN: the session logs in itself.
    this.#client.token = '';
  }

  /** Leases end with the token that took them: called when there is another one. */
  onNewToken(listener: () => void): void {
    this.#listeners.push(listener);
  }

  read(path: string): Promise<VaultAnswer> {
    return this.#persist('GET', path);
  }

  write(path: string, body: object): Promise<VaultAnswer> {
    return this.#persist('POST', path, body);
  }

  put(path: string, body: object): Promise<VaultAnswer> {
    return this.#persist('PUT', path, body);
  }

  /** Rejects unless Vault is unsealed and accepts the token; asks once. */
  async check(): Promise<void> {
    await this.#once('GET', 'auth/token/lookup-self');
  }

  /** Gives the token and with it every lease back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (this.#client.token === '') return;
    await this.#request('POST', 'auth/token/revoke-self', {}).catch((error: unknown) =>
      this.log('warn', 'the Vault token could not be given back', { error }),
    );
    this.#client.token = '';
  }

  /** Waits with growing pauses while Vault is sealed or away. */
  async #persist(method: Method, path: string, body?: object): Promise<VaultAnswer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#once(method, path, body);
      } catch (error) {
        const canWait = isTemporary(error) && Date.now() + pause < deadline && !this.#isClosed;
        if (!canWait) throw error;
      }
      await sleep(pause);
    }
  }

  async #once(method: Method, path: string, body?: object): Promise<VaultAnswer> {
    await this.#loggedIn();
    const token = this.#client.token;
    try {
      return await this.#request(method, path, body);
    } catch (error) {
      if (!isDenied(error) || !(await this.#isTokenDead(token))) throw error;
      if (this.#client.token === token) this.#client.token = '';
      await this.#loggedIn();
      return this.#request(method, path, body);
    }
  }

  /** 403 is what Vault says to an ended token and to one without the right; which it is only the token itself shows. */
  async #isTokenDead(token: string): Promise<boolean> {
    if (this.#client.token !== token) return true;
    return this.#request('GET', 'auth/token/lookup-self').then(() => false, isDenied);
  }

  async #loggedIn(): Promise<void> {
    if (this.#client.token === '') await this.#logInOnce();
  }

  /** However many ask for it at the same time, one login: every token counts at Vault until it ends. */
  #logInOnce(): Promise<void> {
    this.#loggingIn ??= this.#logIn().finally(() => {
      this.#loggingIn = null;
    });
    return this.#loggingIn;
  }

  async #logIn(): Promise<void> {
    const { login } = this.options;
    const path = `auth/${login.mount}/login`;
    const proof = await this.#proof();
    let answer: VaultAnswer;
    try {
      answer = await this.#request('POST', path, proof);
    } catch (error) {
      if (isTemporary(error)) throw error;
      throw loginFailed(path);
    }
    if (answer.auth == null) throw loginFailed(path);
    this.#client.token = answer.auth.client_token;
    this.#ttl = answer.auth.lease_duration;
    this.#schedule(answer.auth.lease_duration);
    this.log('info', 'logged in to Vault', { method: login.method, seconds: this.#ttl });
    for (const listener of this.#listeners) listener();
  }

  async #proof(): Promise<object> {
    const { login } = this.options;
    if (login.method === 'kubernetes') {
      return { role: login.role, jwt: await readServiceAccountToken(login.tokenFile) };
    }
    const secret = login.secretId === undefined ? {} : { secret_id: login.secretId };
    return { role_id: login.roleId, ...secret };
  }

  /** 0 seconds: the token never ends. */
  #schedule(seconds: number): void {
    clearTimeout(this.#timer);
    if (seconds === 0 || this.#isClosed) return;
    const delay = Math.max(seconds * 1000 * RENEW_AT, SHORTEST_TIMER_MS);
    this.#timer = setTimeout(() => void this.#renew(FIRST_PAUSE_MS), Math.min(delay, 2 ** 31 - 1));
    this.#timer.unref();
  }

  async #renew(pause: number): Promise<void> {
    if (this.#isClosed) return;
    const token = this.#client.token;
    try {
      const { auth } = await this.#request('POST', 'auth/token/renew-self', {});
      if (auth != null && auth.lease_duration >= this.#ttl * WORTH_KEEPING) {
        this.#schedule(auth.lease_duration);
        return;
      }
      await this.#logInOnce();
    } catch (error) {
      // A request that met the ended token has logged in meanwhile, which scheduled the next renewal.
      if (this.#client.token === token) await this.#renewLater(error, pause);
    }
  }

  async #renewLater(error: unknown, pause: number): Promise<void> {
    if (!isTemporary(error)) {
      // The token is gone; the next request logs in, and this does when nobody asks for anything.
      this.#client.token = '';
      if (
        await this.#loggedIn().then(
          () => true,
          () => false,
        )
      )
        return;
    }
    if (this.#isClosed) return;
    const next = Math.min(pause * 2, LONGEST_PAUSE_MS);
    this.#timer = setTimeout(() => void this.#renew(next), pause);
    this.#timer.unref();
  }

  async #request(method: Method, path: string, body?: object): Promise<VaultAnswer> {
    try {
      const json = body === undefined ? {} : { json: body };
      const options = {
        path: `/${path}`,
        method,
        timeout: REQUEST_TIMEOUT_MS,
        ...this.#agents,
        ...json,
      };
      const answer = ((await this.#client.request(options)) ?? {}) as VaultAnswer;
      this.#noteState(null);
      return answer;
    } catch (error) {
      const failure = vaultFailure(error, path);
      this.#noteState(failure);
      throw failure;
    }
  }

  /** One line when Vault goes away and one when it is back, however many requests there are. */
  #noteState(failure: VaultFailure | null): void {
    const isAway = failure?.isTemporary ?? false;
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    if (failure !== null && isAway) {
      this.log('warn', 'Vault cannot be used', { code: failure.code, reason: failure.message });
    } else {
      this.log('info', 'Vault can be used again');
    }
  }
}

export function isTemporary(error: unknown): boolean {
  return error instanceof DomainError && 'isTemporary' in error && error.isTemporary === true;
}

function isDenied(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'VAULT.DENIED';
}

function loginFailed(path: string): DomainError {
  return new DomainError({
    code: 'VAULT.LOGIN_FAILED',
    kind: 'unavailable',
    message: `Vault refused the login at ${path}. Check VAULT_ROLE_ID and VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE, and that they have not expired.`,
    logLevel: 'error',
  });
}
