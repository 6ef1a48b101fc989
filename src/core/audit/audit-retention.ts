import { randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../context/index.js';
import { SystemSql } from '../database/index.js';
import { AuditTrail } from './audit-trail.js';

interface Cut {
  readonly sequence: string;
  readonly hash: string;
}

/** The newest entry that is old enough and has none before it that is not. */
const CUT = `
  select sequence, hash from audit_logs
  where organization_id = ?
    and sequence < coalesce(
      (select min(sequence) from audit_logs
       where organization_id = ? and created_at >= now() - make_interval(days => ?)),
      (select max(sequence) + 1 from audit_logs where organization_id = ?))
  order by sequence desc limit 1`;

/** `YYYY_MM` of a part of the audit log that was dropped, and the entries that were in it. */
export interface DroppedMonth {
  readonly month: string;
  readonly entries: string;
}

/** Parts of the audit log that are always there for the months to come. */
const MONTHS_AHEAD = 3;

/**
 * Removes the oldest entries of a chain. The last hash that is removed stays as an anchor, and as an entry of the chain
 * itself, so that what is left can be verified. Only the system role may delete, and only what stands behind an anchor.
 */
@Injectable()
export class AuditRetention {
  constructor(
    private readonly em: EntityManager,
    private readonly system: SystemSql,
    private readonly trail: AuditTrail,
  ) {}

  /** Answers how many entries may go now, or might. In the scope of the tenant. */
  async anchor(context: TenantContext, days: number, dryRun: boolean): Promise<number> {
    const { organizationId } = context;
    const [cut] = await this.em.execute<Cut[]>(CUT, [
      organizationId,
      organizationId,
      days,
      organizationId,
    ]);
    if (dryRun && cut !== undefined) return this.#count(organizationId, cut.sequence);
    if (cut !== undefined) await this.#place(context, cut, days);
    return this.#countAnchored(organizationId);
  }

  async #place(context: TenantContext, cut: Cut, days: number): Promise<void> {
    const { organizationId } = context;
    await this.em.transactional(async (em) => {
      const entryId = await this.trail.record(context, {
        action: 'remove_old_audit_entries',
        resource_type: 'organization',
        resource_id: organizationId,
        new_values: { removed_up_to: cut.sequence, hash: cut.hash, older_than_days: days },
      });
      if (entryId === null) throw new Error('the removal of audit entries is always recorded');
      await em.execute(
        `insert into audit_anchors (organization_id, id, sequence, hash, entry_id)
         values (?, ?, ?, ?, ?) on conflict (organization_id, sequence) do nothing`,
        [organizationId, randomUUIDv7(), cut.sequence, cut.hash, entryId],
      );
    });
  }

  /** Months in which every entry of every organization stands behind an anchor go as a whole. */
  dropPastMonths(): Promise<DroppedMonth[]> {
    return this.system.query<DroppedMonth>('select month, entries from drop_past_audit_months()');
  }

  /** Months to come have their part before the first entry of theirs is written. */
  async prepareMonths(): Promise<void> {
    await this.system.query('select prepare_audit_months($1)', [MONTHS_AHEAD]);
  }

  /** What stands behind the anchor of one organization, also what a process that died left there. */
  async sweep(organizationId: string): Promise<void> {
    const anchor = await this.#anchorOf(organizationId);
    if (anchor === null) return;
    await this.system.query(
      `delete from audit_details d where d.organization_id = $1 and d.id in
         (select l.id from audit_logs l where l.organization_id = $1 and l.sequence <= $2)`,
      [organizationId, anchor],
    );
    await this.system.query(
      'delete from audit_logs where organization_id = $1 and sequence <= $2',
      [organizationId, anchor],
    );
  }

  async #countAnchored(organizationId: string): Promise<number> {
    const anchor = await this.#anchorOf(organizationId);
    return anchor === null ? 0 : this.#count(organizationId, anchor);
  }

  async #anchorOf(organizationId: string): Promise<string | null> {
    const [anchor] = await this.system.query<{ sequence: string }>(
      `select sequence from audit_anchors where organization_id = $1
       order by sequence desc limit 1`,
      [organizationId],
    );
    return anchor?.sequence ?? null;
  }

  async #count(organizationId: string, sequence: string): Promise<number> {
    const [row] = await this.system.query<{ count: number }>(
      'select count(*)::int as count from audit_logs where organization_id = $1 and sequence <= $2',
      [organizationId, sequence],
    );
    return row?.count ?? 0;
  }
}
