import type { Config } from '../config/index.js';
import type { Credentials } from './database-credentials.js';

/** For pg's clients: where to connect to and as whom. */
export function connectionOptions(config: Config, credentials: Credentials) {
  return { ...sessionOptions(config), ...credentials };
}

/** Where to connect to; a `RotatingPool` adds as whom. */
export function sessionOptions(config: Config) {
  return {
    host: config.get('DB_HOST'),
    port: config.get('DB_PORT'),
    database: config.get('DB_NAME'),
    ssl: config.get('DB_TLS'),
  };
}
