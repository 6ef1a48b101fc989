import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditRetention, AuditTrail } from '../../../core/audit/index.js';
import { noteValuesBefore, type TenantContext } from '../../../core/context/index.js';
import { TenantSql } from '../../../core/database/index.js';
import { DATA_CLASSES, type DataClass, RETENTION_CLASSES, TOO_OLD } from './retention-classes.js';

export type RetentionDays = Record<DataClass, number>;

/** How long an organization keeps what, and the removal of what is older. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly sql: TenantSql,
    private readonly audit: AuditTrail,
    private readonly auditRetention: AuditRetention,
  ) {}

  async getPolicy(context: TenantContext): Promise<RetentionDays> {
    const rows = await this.sql.read<{ data_class: DataClass; days: number }>(
      context,
      'select data_class, days from retention_policies where organization_id = $1',
      [context.organizationId],
    );
    const own = new Map(rows.map((row) => [row.data_class, row.days]));
    return Object.fromEntries(
      DATA_CLASSES.map((one) => [one, own.get(one) ?? RETENTION_CLASSES[one].days]),
    ) as RetentionDays;
  }

  async setPolicy(context: TenantContext, days: RetentionDays): Promise<RetentionDays> {
    noteValuesBefore(await this.getPolicy(context));
    await this.sql.transaction(context, async (client) => {
      for (const one of DATA_CLASSES) {
        await client.query(
          `insert into retention_policies (organization_id, id, data_class, days)
           values ($1, $2, $3, $4)
           on conflict (organization_id, data_class) do update set days = excluded.days`,
          [context.organizationId, randomUUIDv7(), one, days[one]],
        );
      }
    });
    return this.getPolicy(context);
  }

  /**
   * Answers how many rows of each class were removed, or would be. In the scope of the tenant. Entries of the audit log are
   * only given free: whoever runs this for every tenant removes them.
   */
  async run(context: TenantContext, dryRun: boolean): Promise<RetentionDays> {
    const days = await this.getPolicy(context);
    const counts = {} as RetentionDays;
    for (const one of DATA_CLASSES) {
      counts[one] =
        one === 'audit'
          ? await this.auditRetention.anchor(context, days.audit, dryRun)
          : await this.#remove(context, TOO_OLD[one], days[one], dryRun);
    }
    const removed = Object.entries(counts).filter(([one, count]) => one !== 'audit' && count > 0);
    if (!dryRun && removed.length > 0) {
      await this.audit.record(context, {
        action: 'remove_old_data',
        resource_type: 'organization',
        resource_id: context.organizationId,
        new_values: Object.fromEntries(removed),
      });
    }
    return counts;
  }

  async #remove(
    context: TenantContext,
    tooOld: string,
    days: number,
    dryRun: boolean,
  ): Promise<number> {
    const sql = dryRun
      ? `select count(*)::int as count from ${tooOld}`
      : `with gone as (delete from ${tooOld} returning 1) select count(*)::int as count from gone`;
    const [row] = await this.sql.write<{ count: number }>(context, sql, [
      context.organizationId,
      days,
    ]);
    return row?.count ?? 0;
  }
}
