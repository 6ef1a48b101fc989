import type { Config } from '../config/index.js';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What a process logs in to PostgreSQL as: for requests and jobs, or for work across tenants. */
export type DatabaseLogin = 'application' | 'system';

/** Where the logins come from, and how one hears that they were replaced. */
export interface DatabaseCredentials {
  /** Whether they are replaced while the process runs. */
  readonly areLeased: boolean;
  /** Those to use now. @throws DomainError `VAULT.…` when none can be had */
  current(login: DatabaseLogin): Promise<Credentials>;
  /** Calls back when others are to be used; the former ones work a while longer. */
  onReplaced(listener: (login: DatabaseLogin) => void): void;
  /** PostgreSQL no longer takes these: `current` must not answer them again. */
  refused(login: DatabaseLogin, credentials: Credentials): Promise<void>;
}

export const DATABASE_CREDENTIALS = Symbol('DATABASE_CREDENTIALS');

/** From the configuration, for good. */
export class ConfiguredCredentials implements DatabaseCredentials {
  readonly areLeased = false;
  readonly #logins: Readonly<Record<DatabaseLogin, Credentials>>;

  constructor(config: Config) {
    this.#logins = {
      application: { user: config.get('DB_USER'), password: config.get('DB_PASSWORD') ?? '' },
      system: {
        user: config.get('DB_SYSTEM_USER'),
        password: config.get('DB_SYSTEM_PASSWORD') ?? '',
      },
    };
  }

  current(login: DatabaseLogin): Promise<Credentials> {
    return Promise.resolve(this.#logins[login]);
  }

  onReplaced(): void {
    // They never are.
  }

  refused(): Promise<void> {
    return Promise.resolve();
  }
}
