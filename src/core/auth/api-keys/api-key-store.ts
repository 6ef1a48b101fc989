import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createSystemContext, type Permission, type TenantContext } from '../../context/index.js';
import { TenantSql } from '../../database/index.js';

/** Whose key it is: the role of the owner bounds it. */
export interface KeyOwner {
  readonly kind: 'user' | 'service_account';
  readonly id: string;
}

export interface ListedApiKey {
  readonly id: string;
  readonly user_id: string | null;
  readonly service_account_id: string | null;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly source_id: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
}

export interface NewApiKey {
  readonly owner: KeyOwner;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly sourceId: string | null;
  readonly secretHash: string;
  readonly days: number;
  /** Of the session it was made in; null for a key of a service account. */
  readonly sessionMethod: string | null;
}

/** What a request with a key needs of it. */
export interface UsableApiKey {
  readonly owner: KeyOwner;
  readonly secretHash: string;
  readonly scopes: readonly Permission[];
  readonly sourceId: string | null;
  readonly sessionMethod: string | null;
  /** Whether its use was not noted for a minute. */
  readonly useIsNews: boolean;
}

interface UsableRow {
  readonly user_id: string | null;
  readonly service_account_id: string | null;
  readonly secret_hash: string;
  readonly scopes: Permission[];
  readonly source_id: string | null;
  readonly session_method: string | null;
  readonly use_is_news: boolean;
}

/** Of one owner. */
export const MAX_API_KEYS = 50;
/** Ended ones stay this long, for whoever looks into an incident. */
const KEPT_DAYS = 90;
const COLUMNS = `id, user_id, service_account_id, name, scopes, source_id, created_at, expires_at, last_used_at`;
const USABLE = 'revoked_at is null and expires_at > now()';
const USE_IS_NEWS = `(last_used_at is null or last_used_at < now() - interval '1 minute')`;
const COLUMN_OF = { user: 'user_id', service_account: 'service_account_id' } as const;

/** The table of API keys. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly sql: TenantSql) {}

  /** Null when it never was, is revoked or expired. Nobody is authenticated yet, so the organization is given. */
  async findUsable(organizationId: string, id: string): Promise<UsableApiKey | null> {
    const [row] = await this.sql.read<UsableRow & { readonly id: string }>(
      system(organizationId),
      `select user_id, service_account_id, secret_hash, scopes, source_id, session_method,
         ${USE_IS_NEWS} as use_is_news
       from api_keys where organization_id = $1 and id = $2 and ${USABLE}`,
      [organizationId, id],
    );
    if (row === undefined) return null;
    const { user_id, service_account_id } = row;
    return {
      owner:
        user_id === null
          ? { kind: 'service_account', id: service_account_id ?? '' }
          : { kind: 'user', id: user_id },
      secretHash: row.secret_hash,
      scopes: row.scopes,
      sourceId: row.source_id,
      sessionMethod: row.session_method,
      useIsNews: row.use_is_news,
    };
  }

  /** Of requests at the same moment one writes. */
  async noteUse(organizationId: string, id: string): Promise<void> {
    await this.sql.write(
      system(organizationId),
      `update api_keys set last_used_at = now()
       where organization_id = $1 and id = $2 and ${USE_IS_NEWS}`,
      [organizationId, id],
    );
  }

  /** Null when the owner has as many as allowed. Removes what ended long ago. */
  async insert(context: TenantContext, key: NewApiKey): Promise<ListedApiKey | null> {
    const column = COLUMN_OF[key.owner.kind];
    const [row] = await this.sql.write<ListedApiKey & { readonly id: string }>(
      context,
      `with removed as (
         delete from api_keys where organization_id = $1 and ${column} = $3
           and coalesce(revoked_at, expires_at) < now() - interval '${KEPT_DAYS} days'
       )
       insert into api_keys (organization_id, id, ${column}, name, secret_hash, scopes, source_id,
         session_method, created_by, expires_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(days => $10)
       where ${MAX_API_KEYS} > (select count(*) from api_keys
         where organization_id = $1 and ${column} = $3 and ${USABLE})
       returning ${COLUMNS}`,
      [
        context.organizationId,
        randomUUIDv7(),
        key.owner.id,
        key.name,
        key.secretHash,
        JSON.stringify(key.scopes),
        key.sourceId,
        key.sessionMethod,
        context.actor.id,
        key.days,
      ],
    );
    return row ?? null;
  }

  /** Those that can be used, the newest first. */
  list(context: TenantContext, owner: KeyOwner): Promise<ListedApiKey[]> {
    return this.sql.read<ListedApiKey>(
      context,
      `select ${COLUMNS} from api_keys
       where organization_id = $1 and ${COLUMN_OF[owner.kind]} = $2 and ${USABLE}
       order by id desc limit ${MAX_API_KEYS}`,
      [context.organizationId, owner.id],
    );
  }

  /** False when the owner has no such usable key. */
  async revoke(context: TenantContext, owner: KeyOwner, id: string): Promise<boolean> {
    const rows = await this.sql.write(
      context,
      `update api_keys set revoked_at = now()
       where organization_id = $1 and ${COLUMN_OF[owner.kind]} = $2 and id = $3 and ${USABLE}
       returning id`,
      [context.organizationId, owner.id, id],
    );
    return rows.length === 1;
  }

  /** Answers how many. */
  async revokeAllOf(context: TenantContext, owner: KeyOwner): Promise<number> {
    const rows = await this.sql.write(
      context,
      `update api_keys set revoked_at = now()
       where organization_id = $1 and ${COLUMN_OF[owner.kind]} = $2 and ${USABLE} returning id`,
      [context.organizationId, owner.id],
    );
    return rows.length;
  }
}

function system(organizationId: string): TenantContext {
  return createSystemContext(organizationId, 'authentication');
}
