import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../context/index.js';
import { TenantSql } from '../database/index.js';
import { type AuditContent, readContent } from './audit-entry.js';
import type { AuditResult } from './audit-log.entity.js';

export interface AuditFilter {
  readonly user_id?: string;
  readonly actor_kind?: string;
  readonly action?: string;
  readonly resource_type?: string;
  readonly resource_id?: string;
  readonly result?: AuditResult;
  readonly correlation_id?: string;
  /** ISO 8601, inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

/** One entry as people read it. */
export interface AuditRecord extends AuditContent {
  readonly id: string;
  readonly sequence: string;
  readonly created_at: Date;
  readonly actor_kind: string;
  readonly user_id: string | null;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly result: AuditResult;
  readonly code: string | null;
  readonly correlation_id: string;
  readonly hash: string;
}

type Row = Omit<AuditRecord, keyof AuditContent> & { readonly content: string | null };

const EQUAL = [
  'user_id',
  'actor_kind',
  'action',
  'resource_type',
  'resource_id',
  'result',
  'correlation_id',
] as const satisfies readonly (keyof AuditFilter)[];
const EXPORT_PAGE = 1000;
const GONE: AuditContent = {
  actor: '',
  ip: null,
  user_agent: null,
  api_key_id: null,
  old_values: null,
  new_values: null,
};

/** Searches the audit log of one organization. */
@Injectable()
export class AuditReader {
  constructor(private readonly sql: TenantSql) {}

  /** The newest first, before the entry with the sequence number `before`. */
  async list(
    context: TenantContext,
    filter: AuditFilter,
    before: string | null,
    limit: number,
  ): Promise<AuditRecord[]> {
    const values: unknown[] = [context.organizationId];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = ['l.organization_id = $1'];
    for (const name of EQUAL) {
      const value = filter[name];
      if (value !== undefined) conditions.push(`l.${name} = ${bind(value)}`);
    }
    if (filter.from !== undefined) conditions.push(`l.created_at >= ${bind(filter.from)}`);
    if (filter.to !== undefined) conditions.push(`l.created_at < ${bind(filter.to)}`);
    if (before !== null) conditions.push(`l.sequence < ${bind(before)}`);
    const rows = await this.sql.read<Row>(
      context,
      `select l.id, l.sequence, l.created_at, l.actor_kind, l.user_id, l.action, l.resource_type,
         l.resource_id, l.result, l.code, l.correlation_id, l.hash, d.content
       from audit_logs l
       left join audit_details d on d.organization_id = l.organization_id and d.id = l.id
       where ${conditions.join(' and ')} order by l.sequence desc limit ${bind(limit)}`,
      values,
    );
    return rows.map(({ content, ...row }) => ({
      ...row,
      ...(content === null ? GONE : readContent(content)),
    }));
  }

  /** All of them, page by page, so that nothing large is held. */
  async *all(context: TenantContext, filter: AuditFilter): AsyncGenerator<AuditRecord> {
    let before: string | null = null;
    for (;;) {
      const page: AuditRecord[] = await this.list(context, filter, before, EXPORT_PAGE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < EXPORT_PAGE) return;
      before = last.sequence;
    }
  }
}
