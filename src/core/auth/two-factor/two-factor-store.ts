import { createSystemContext, type TenantContext } from '../../context/index.js';
import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantSql } from '../../database/index.js';
import type { Envelope } from '../../crypto/index.js';

/** Whose factor it is. */
export interface FactorOwner {
  readonly organizationId: string;
  readonly userId: string;
}

export interface FactorState extends Envelope {
  readonly id: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: number;
}

interface FactorRow {
  readonly id: string;
  readonly confirmed_at: Date | null;
  readonly last_step: number;
  readonly key_version: number;
  readonly wrapped_key: Buffer;
  readonly sealed: Buffer;
}

/** The tables of second factors. At a login nobody is authenticated yet, so the organization is given. */
@Injectable()
export class TwoFactorStore {
  constructor(private readonly sql: TenantSql) {}

  async find({ organizationId, userId }: FactorOwner): Promise<FactorState | null> {
    const [row] = await this.sql.read<FactorRow>(
      system(organizationId),
      `select id, confirmed_at, last_step, key_version, wrapped_key, sealed
       from two_factors where organization_id = $1 and user_id = $2`,
      [organizationId, userId],
    );
    if (row === undefined) return null;
    return {
      id: row.id,
      confirmedAt: row.confirmed_at,
      lastStep: row.last_step,
      keyVersion: row.key_version,
      wrapped: row.wrapped_key,
      sealed: row.sealed,
    };
  }

  /** Replaces a factor that was never confirmed; false when there is a confirmed one. */
  async begin({ organizationId, userId }: FactorOwner, id: string, secret: Envelope) {
    const rows = await this.sql.write(
      system(organizationId),
      `insert into two_factors (organization_id, id, user_id, key_version, wrapped_key, sealed)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, user_id) do update set id = excluded.id, created_at = now(),
         last_step = 0, key_version = excluded.key_version, wrapped_key = excluded.wrapped_key,
         sealed = excluded.sealed
       where two_factors.confirmed_at is null returning id`,
      [organizationId, id, userId, secret.keyVersion, secret.wrapped, secret.sealed],
    );
    return rows.length === 1;
  }

  /** Uses up a code: of two requests with the same one only one is told true. */
  async takeStep(
    { organizationId, userId }: FactorOwner,
    id: string,
    step: number,
  ): Promise<boolean> {
    const rows = await this.sql.write(
      system(organizationId),
      `update two_factors set last_step = $4, confirmed_at = coalesce(confirmed_at, now())
       where organization_id = $1 and user_id = $2 and id = $3 and last_step < $4 returning id`,
      [organizationId, userId, id, step],
    );
    return rows.length === 1;
  }

  /** Like `takeStep`, for a recovery code by its hash. */
  async takeRecoveryCode(
    { organizationId, userId }: FactorOwner,
    codeHash: string,
  ): Promise<boolean> {
    const rows = await this.sql.write(
      system(organizationId),
      `update recovery_codes set used_at = now()
       where organization_id = $1 and user_id = $2 and code_hash = $3 and used_at is null
       returning id`,
      [organizationId, userId, codeHash],
    );
    return rows.length > 0;
  }

  /** In one transaction: the old ones are worthless from the moment the new ones count. */
  async replaceRecoveryCodes(
    { organizationId, userId }: FactorOwner,
    codeHashes: readonly string[],
  ): Promise<void> {
    await this.sql.transaction(system(organizationId), async (client) => {
      await client.query('delete from recovery_codes where organization_id = $1 and user_id = $2', [
        organizationId,
        userId,
      ]);
      await client.query(
        `insert into recovery_codes (organization_id, id, user_id, code_hash)
         select $1, id, $2, code_hash from unnest($3::uuid[], $4::text[]) as new (id, code_hash)`,
        [organizationId, userId, codeHashes.map(() => randomUUIDv7()), [...codeHashes]],
      );
    });
  }

  async countRecoveryCodes({ organizationId, userId }: FactorOwner): Promise<number> {
    const [row] = await this.sql.read<{ left: number }>(
      system(organizationId),
      `select count(*)::int as left from recovery_codes
       where organization_id = $1 and user_id = $2 and used_at is null`,
      [organizationId, userId],
    );
    return row?.left ?? 0;
  }

  /** False when there was none. */
  async remove({ organizationId, userId }: FactorOwner): Promise<boolean> {
    return this.sql.transaction(system(organizationId), async (client) => {
      const values = [organizationId, userId];
      const where = 'where organization_id = $1 and user_id = $2';
      await client.query(`delete from recovery_codes ${where}`, values);
      const { rowCount } = await client.query(`delete from two_factors ${where}`, values);
      return rowCount === 1;
    });
  }
}

function system(organizationId: string): TenantContext {
  return createSystemContext(organizationId, 'authentication');
}
