import type { PoolConfig } from 'pg';
import type { Config } from '../config/index.js';
import type { Credentials } from './orm-options.js';

export function connectionOptions(config: Config, credentials: Credentials): PoolConfig {
  return {
    host: config.get('DB_HOST'),
    port: config.get('DB_PORT'),
    database: config.get('DB_NAME'),
    ...credentials,
    ssl: config.get('DB_TLS'),
  };
}
