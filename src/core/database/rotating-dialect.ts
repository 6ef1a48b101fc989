import { createPostgreSqlTypeParsers } from '@mikro-orm/postgresql';
import { type DatabaseConnection, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RotatingPool } from './rotating-pool.js';

/** The type id of `text[]`, which the enumeration of pg leaves out. */
const TEXT_ARRAY = 1009;
const parsers = pg.types as {
  getTypeParser(oid: number, format: 'text'): (text: string) => string[];
};
/** Elements as they are. */
const parseArray = parsers.getTypeParser(TEXT_ARRAY, 'text');

/** The type parsers that the object mapper sets on a pool of its own. */
export function mapperTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  const own = createPostgreSqlTypeParsers((text: string) => parseArray(text));
  for (const [oid, parser] of Object.entries(own)) types.setTypeParser(Number(oid), parser);
  return types;
}

/** The object mapper on a pool of ours, whose login can change. `onReserve` runs at every checkout. */
export function rotatingDialect(
  pool: RotatingPool,
  onReserve: (connection: DatabaseConnection) => Promise<void>,
): PostgresDialect {
  return new PostgresDialect({ pool, onReserveConnection: onReserve });
}
