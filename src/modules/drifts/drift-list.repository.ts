import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { TenantSql } from '../../core/database/index.js';
import type { DriftChangeRow, DriftFilter, DriftRow, DriftStateRow } from './drift-rows.js';

const COLUMNS = `d.id, d.environment_id, e.name as environment_name, d.source_id, r.id as iac_resource_id,
  d.drift_type, d.status, d.verdict, d.provider, d.resource_type, d.resource_id, d.resource_address, d.account_id, d.region,
  d.namespace, d.is_security_critical, d.detected_at, d.first_seen_at, d.last_seen_at, d.first_scan_id, d.last_scan_id,
  d.seen_count, d.reopened_count, d.resolved_at, d.resolution_type, d.resolved_by, d.resolved_by_scan_id,
  d.resolution_comment, d.severity_score, d.confidence_score, d.risk_assessment, d.tags, d.metadata, d.attribution`;
const STATES = 'd.declared_state, d.actual_state';
const FROM = `from drift_events d
  join environments e on e.organization_id = d.organization_id and e.id = d.environment_id
  left join iac_resources r on r.organization_id = d.organization_id and r.id = d.iac_resource_id`;

/** The hot list, as one statement without the object mapper. */
@Injectable()
export class DriftListRepository {
  constructor(private readonly sql: TenantSql) {}

  async list(context: TenantContext, filter: DriftFilter): Promise<DriftRow[]> {
    const { where, values } = conditions(context, filter);
    return this.sql.read<DriftRow>(
      context,
      `select ${COLUMNS} ${FROM}
       where ${where.join(' and ')}
       order by d.detected_at ${filter.direction}, d.id ${filter.direction}
       limit ${String(filter.limit)}`,
      values,
    );
  }

  /** Null when there is none, or it is another tenant's. */
  async find(context: TenantContext, id: string): Promise<(DriftRow & DriftStateRow) | null> {
    const [row] = await this.sql.read<DriftRow & DriftStateRow>(
      context,
      `select ${COLUMNS}, ${STATES} ${FROM} where d.organization_id = $1 and d.id = $2`,
      [context.organizationId, id],
    );
    return row ?? null;
  }

  /** The changes of several drifts, the ones that matter for security first. */
  async changesOf(
    context: TenantContext,
    driftIds: readonly string[],
  ): Promise<ReadonlyMap<string, DriftChangeRow[]>> {
    const changes = new Map<string, DriftChangeRow[]>();
    if (driftIds.length === 0) return changes;
    const rows = await this.sql.read<DriftChangeRow>(
      context,
      `select id, drift_event_id, property_path, actual_path, declared_value, actual_value, change_type, verdict,
         is_security_critical, rule, explanation, security_reason, attribution
       from drift_changes
       where organization_id = $1 and drift_event_id = any ($2::uuid[])
       order by drift_event_id, is_security_critical desc, property_path, id`,
      [context.organizationId, driftIds],
    );
    for (const row of rows) {
      const own = changes.get(row.drift_event_id);
      if (own === undefined) changes.set(row.drift_event_id, [row]);
      else own.push(row);
    }
    return changes;
  }
}

/** Only what is asked for goes into the statement, so that each combination uses the index it can. */
function conditions(
  context: TenantContext,
  filter: DriftFilter,
): { readonly where: readonly string[]; readonly values: readonly unknown[] } {
  const values: unknown[] = [context.organizationId];
  const where = ['d.organization_id = $1'];
  const add = (value: unknown, condition: (placeholder: string) => string): void => {
    if (value === null) return;
    values.push(value);
    where.push(condition(`$${String(values.length)}`));
  };
  add(filter.environmentId, (p) => `d.environment_id = ${p}`);
  add(filter.driftTypes, (p) => `d.drift_type = any (${p})`);
  add(filter.statuses, (p) => `d.status = any (${p})`);
  add(filter.verdicts, (p) => `d.verdict = any (${p})`);
  add(filter.resourceType, (p) => `d.resource_type = ${p}`);
  add(filter.minSeverity, (p) => `d.severity_score >= ${p}`);
  add(filter.isSecurityCritical, (p) => `d.is_security_critical = ${p}`);
  add(filter.detectedFrom, (p) => `d.detected_at >= ${p}`);
  add(filter.detectedBefore, (p) => `d.detected_at < ${p}`);
  if (filter.resolved !== null) {
    where.push(filter.resolved ? `d.status = 'resolved'` : `d.status <> 'resolved'`);
  }
  add(
    filter.search,
    (p) =>
      `position(lower(${p}) in lower(concat_ws(' ', d.resource_address, d.resource_id, d.resource_type, e.name))) > 0`,
  );
  if (filter.after !== null) {
    values.push(filter.after.detectedAt, filter.after.id);
    const [at, id] = [`$${String(values.length - 1)}`, `$${String(values.length)}`];
    const beyond = filter.direction === 'desc' ? '<' : '>';
    where.push(`(d.detected_at, d.id) ${beyond} (${at}::timestamptz, ${id}::uuid)`);
  }
  return { where, values };
}
