import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../../core/context/index.js';
import { type WrappedKey } from '../../../../core/crypto/index.js';
import { SystemSql, TenantSql } from '../../../../core/database/index.js';
import { type Coverage, partKey } from '../../../../core/providers/index.js';

/** What a scan reads is only of use to the same scan, and for so long: older than this it is no picture of now. */
const LIFETIME_MINUTES = 120;

export interface Piece {
  readonly partId: string;
  readonly position: number;
  readonly sealed: Buffer;
}

export interface CompletePart {
  readonly id: string;
  readonly coverage: Coverage;
  readonly pieces: number;
}

export interface KeptPart extends CompletePart {
  readonly key: WrappedKey;
}

interface PartRow {
  readonly id: string;
  readonly coverage: Coverage;
  readonly pieces: number;
  readonly key_version: number;
  readonly wrapped_key: Buffer;
}

/** Whose checkpoint: one scan, as long as it reads the same things. */
export interface CheckpointOwner {
  readonly context: TenantContext;
  readonly scanId: string;
  /** Hash of what is read and where. */
  readonly scope: string;
}

@Injectable()
export class CheckpointRepository {
  constructor(
    private readonly sql: TenantSql,
    private readonly system: SystemSql,
  ) {}

  /** Parts with all their pieces. What an earlier attempt left unfinished is removed. */
  async parts({ context, scanId, scope }: CheckpointOwner): Promise<KeptPart[]> {
    const values = [context.organizationId, scanId];
    await this.#run(
      context,
      `delete from scan_parts p
       where p.organization_id = $1 and p.scan_id = $2
         and (p.scope <> $3 or p.created_at < now() - make_interval(mins => $4)
           or p.pieces <> (select count(*) from scan_part_pieces c
             where c.organization_id = $1 and c.scan_id = $2 and c.part_id = p.id))`,
      [...values, scope, LIFETIME_MINUTES],
    );
    await this.#run(
      context,
      `delete from scan_part_pieces c
       where c.organization_id = $1 and c.scan_id = $2
         and not exists (select 1 from scan_parts p where p.organization_id = $1 and p.id = c.part_id)`,
      values,
    );
    const rows = await this.sql.read<PartRow>(
      context,
      `select id, coverage, pieces, key_version, wrapped_key
       from scan_parts where organization_id = $1 and scan_id = $2 order by id`,
      values,
    );
    return rows.map(({ id, coverage, pieces, key_version, wrapped_key }) => ({
      id,
      coverage,
      pieces,
      key: { keyVersion: key_version, wrapped: wrapped_key },
    }));
  }

  /** One piece at a time: a part may be larger than memory. */
  async *pieces({ context, scanId }: CheckpointOwner, part: KeptPart): AsyncGenerator<Piece> {
    let after = -1;
    for (let read = 0; read < part.pieces; read += 1) {
      const [row] = await this.sql.read<{ position: number; sealed: Buffer }>(
        context,
        `select position, sealed from scan_part_pieces
         where organization_id = $1 and scan_id = $2 and part_id = $3 and position > $4
         order by position limit 1`,
        [context.organizationId, scanId, part.id, after],
      );
      if (row === undefined) throw new Error(`a piece of part ${part.id} is gone`);
      after = row.position;
      yield { partId: part.id, ...row };
    }
  }

  /** All or nothing. A part that another attempt kept before stays as it is. */
  async keep(
    { context, scanId, scope }: CheckpointOwner,
    key: WrappedKey,
    pieces: readonly Piece[],
    parts: readonly CompletePart[],
  ): Promise<void> {
    const { organizationId } = context;
    await this.sql.transaction(context, async (client) => {
      for (const { partId, position, sealed } of pieces) {
        await client.query(
          `insert into scan_part_pieces (organization_id, id, scan_id, part_id, position, sealed)
           values ($1, $2, $3, $4, $5, $6)`,
          [organizationId, randomUUIDv7(), scanId, partId, position, sealed],
        );
      }
      for (const { id, coverage, pieces: count } of parts) {
        await client.query(
          `insert into scan_parts (organization_id, id, scan_id, part, scope, coverage, pieces, key_version, wrapped_key)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (organization_id, scan_id, part) do nothing`,
          [
            organizationId,
            id,
            scanId,
            partKey(coverage),
            scope,
            JSON.stringify(coverage),
            count,
            key.keyVersion,
            key.wrapped,
          ],
        );
      }
    });
  }

  /** Unless the scan still runs, here or in another worker. */
  async removeIfOver(context: TenantContext, scanId: string): Promise<void> {
    const [active] = await this.sql.read(
      context,
      `select 1 from scan_runs
       where organization_id = $1 and id = $2 and status in ('queued', 'running')`,
      [context.organizationId, scanId],
    );
    if (active === undefined) await this.remove(context, scanId);
  }

  async remove(context: TenantContext, scanId: string): Promise<void> {
    const values = [context.organizationId, scanId];
    const where = 'where organization_id = $1 and scan_id = $2';
    await this.#run(context, `delete from scan_parts ${where}`, values);
    await this.#run(context, `delete from scan_part_pieces ${where}`, values);
  }

  /** Scans that left parts behind although they ended, or that are too old. Across tenants. */
  leftBehind(): Promise<{ organization_id: string; scan_id: string }[]> {
    return this.system.query(
      `select distinct p.organization_id, p.scan_id
       from scan_parts p join scan_runs s on s.organization_id = p.organization_id and s.id = p.scan_id
       where s.status not in ('queued', 'running') or p.created_at < now() - make_interval(mins => $1)
       limit 1000`,
      [LIFETIME_MINUTES],
    );
  }

  async #run(context: TenantContext, sql: string, values: readonly unknown[]): Promise<void> {
    await this.sql.transaction(context, (client) => client.query(sql, [...values]));
  }
}
