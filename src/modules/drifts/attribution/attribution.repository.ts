import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantSql } from '../../../core/database/index.js';
import type { Provider, SourceNotice } from '../../../core/providers/index.js';
import type { DriftType } from '../drift-choices.js';
import type { AttributedDrift, UnattributedDrift } from './attribute-drifts.js';

export interface AttributedScan {
  readonly environment_id: string;
  /** When it began and when it was settled. */
  readonly started_at: Date;
  readonly finished_at: Date;
  /** Begin of the last complete scan before it; null when there was none. */
  readonly previous_at: Date | null;
}

interface DriftRow {
  readonly id: string;
  readonly drift_type: DriftType;
  readonly provider: Provider;
  readonly type: string;
  readonly resource_id: string;
  readonly name: string | null;
  readonly arn: string | null;
  readonly account_id: string | null;
  readonly region: string | null;
  readonly namespace: string | null;
  readonly changes: UnattributedDrift['changes'];
}

@Injectable()
export class AttributionRepository {
  constructor(private readonly sql: TenantSql) {}

  /** Null until the scan is settled, and once it is deleted. */
  async findScan(context: TenantContext, scanId: string): Promise<AttributedScan | null> {
    const [scan] = await this.sql.read<AttributedScan>(
      context,
      `select s.environment_id, s.started_at, s.finished_at, (
         select max(p.started_at) from scan_runs p
         where p.organization_id = $1 and p.environment_id = s.environment_id and p.status = 'succeeded'
           and p.started_at < s.started_at
       ) as previous_at
       from scan_runs s
       where s.organization_id = $1 and s.id = $2 and s.status in ('succeeded', 'partial')`,
      [context.organizationId, scanId],
    );
    return scan ?? null;
  }

  /** Open drifts whose differences this scan was the first to see and nobody is known for; the worst first. */
  async unattributed(
    context: TenantContext,
    { environment_id: environmentId, started_at: from, finished_at: to }: AttributedScan,
    limit: number,
  ): Promise<UnattributedDrift[]> {
    const rows = await this.sql.read<DriftRow>(
      context,
      `select e.id, e.drift_type, e.provider, coalesce(e.native_type, e.resource_type) as type, e.resource_id,
         e.metadata ->> 'name' as name, coalesce(e.actual_state ->> 'arn', e.actual_state ->> 'Arn') as arn,
         e.account_id, e.region, e.namespace, coalesce(c.changes, '[]') as changes
       from drift_events e
       left join lateral (
         select min(c.created_at) as since,
           json_agg(json_build_object('id', c.id, 'property_path', c.property_path, 'actual_path', c.actual_path)) as changes
         from drift_changes c
         where c.organization_id = $1 and c.drift_event_id = e.id
       ) c on true
       where e.organization_id = $1 and e.environment_id = $2 and e.status <> 'resolved' and e.attribution is null
         and e.drift_type <> 'moved' and e.provider in ('aws', 'azure', 'gcp') and e.resource_id is not null
         and coalesce(c.since, e.detected_at) between $3 and $4::timestamptz + interval '1 minute'
       order by e.is_security_critical desc, e.severity_score desc nulls last, e.id
       limit $5`,
      [context.organizationId, environmentId, from, to, limit],
    );
    return rows.map(toDrift);
  }

  /** Only while nobody is known for it: a scan that found other differences wins. */
  async save(context: TenantContext, { id, attribution, changes }: AttributedDrift): Promise<void> {
    if (attribution === null) return;
    const { organizationId } = context;
    const rows = [...changes].map(([changeId, one]) => ({ id: changeId, attribution: one }));
    await this.sql.transaction(context, async (client) => {
      await client.query(
        `update drift_changes c set attribution = n.attribution, updated_at = now()
         from jsonb_to_recordset($3::jsonb) as n (id uuid, attribution jsonb)
         where c.organization_id = $1 and c.drift_event_id = $2 and c.id = n.id`,
        [organizationId, id, JSON.stringify(rows)],
      );
      await client.query(
        `update drift_events set attribution = $3, updated_at = now()
         where organization_id = $1 and id = $2 and attribution is null
           and ($4 = 0 or exists (
             select 1 from drift_changes c
             where c.organization_id = $1 and c.drift_event_id = $2 and c.attribution is not null
           ))`,
        [organizationId, id, JSON.stringify(attribution), rows.length],
      );
    });
  }

  /** Each notice once, however often the job runs. */
  async addNotice(context: TenantContext, scanId: string, notice: SourceNotice): Promise<void> {
    await this.sql.write(
      context,
      `update scan_runs set notices = notices || $3::jsonb, updated_at = now()
       where organization_id = $1 and id = $2 and not notices @> $3::jsonb`,
      [context.organizationId, scanId, JSON.stringify([notice])],
    );
  }
}

function toDrift(row: DriftRow): UnattributedDrift {
  const { account_id: accountId, region, namespace } = row;
  return {
    id: row.id,
    driftType: row.drift_type,
    resource: {
      provider: row.provider,
      type: row.type,
      id: row.resource_id,
      name: row.name,
      aliases: row.arn === null ? [] : [row.arn],
      scope: { accountId, region, namespace },
    },
    changes: row.changes,
  };
}
