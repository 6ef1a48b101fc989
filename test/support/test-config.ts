import { type Config, type ConfigValues, parseConfig } from '../../src/core/config/index.js';

/**
 * The configuration of a test: the servers of this run, a database for this Jest worker. The values of
 * `changes` win.
 */
export function testConfig(changes: Partial<ConfigValues> = {}): Config {
  const postgres = new URL(required('TEST_DATABASE_URL'));
  const worker = process.env.JEST_WORKER_ID ?? '1';
  return parseConfig({
    NODE_ENV: 'testing',
    DB_HOST: postgres.hostname,
    DB_PORT: postgres.port,
    DB_NAME: `driftguard_test_${worker}`,
    DB_OWNER_USER: decodeURIComponent(postgres.username),
    DB_OWNER_PASSWORD: decodeURIComponent(postgres.password),
    DB_POOL_MAX: '4',
    REDIS_URL: required('TEST_REDIS_URL'),
    QUEUE_PREFIX: `test-${worker}`,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  }).with(changes);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run the tests by their npm scripts`);
  return value;
}
