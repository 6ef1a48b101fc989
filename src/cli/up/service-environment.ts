import type { EmbeddedPostgres, PrivateRedis } from '../../embedded/index.js';
import type { Secrets } from './secrets.js';

export const OWNER = 'driftguard_owner';

export interface ServiceFacts {
  readonly port: number;
  readonly postgres: Pick<EmbeddedPostgres, 'host' | 'port'>;
  readonly redis: Pick<PrivateRedis, 'url'>;
  readonly secrets: Secrets;
  /** Folder of the example estate; sources may point into it. Null without the example. */
  readonly examples: string | null;
}

/** Configuration of the API and the worker, as docs/configuration.md describes it. The owner's password is not in it. */
export function serviceEnvironment(facts: ServiceFacts): Record<string, string> {
  const { secrets, postgres } = facts;
  return {
    NODE_ENV: 'production',
    API_HOST: '127.0.0.1',
    API_PORT: String(facts.port),
    SECRET_KEY: secrets.secretKey,
    ENCRYPTION_KEYS: `1:${secrets.encryptionKey}`,
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_NAME: 'driftguard',
    DB_PASSWORD: secrets.applicationPassword,
    DB_SYSTEM_PASSWORD: secrets.systemPassword,
    DB_POOL_MAX: '5',
    REDIS_URL: facts.redis.url,
    // The sandbox clouds are an endpoint like any other; whoever can reach this API sits at this machine.
    OUTBOUND_ALLOW: '*',
    LOCAL_CREDENTIALS: 'true',
    ...(facts.examples === null ? {} : { LOCAL_SOURCES_ROOT: facts.examples }),
  };
}

/** Of the job that migrates and makes the first accounts; dropped when it has ended. */
export function setUpEnvironment(facts: ServiceFacts): Record<string, string> {
  return {
    ...serviceEnvironment(facts),
    LOG_LEVEL: 'warn',
    DB_OWNER_USER: OWNER,
    DB_OWNER_PASSWORD: facts.secrets.ownerPassword,
    OPERATOR_PASSWORD: facts.secrets.operatorPassword,
  };
}
