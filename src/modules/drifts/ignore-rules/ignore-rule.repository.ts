import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantRepository, TenantSql } from '../../../core/database/index.js';
import type { Provider } from '../../../core/providers/index.js';
import { ignoreRule, type Ignorable, type IgnoreRule } from '../engine/index.js';
import { StoredIgnoreRule } from './ignore-rule.entity.js';

/** One line of the list, as the database answers it. */
export interface IgnoreRuleRow {
  readonly id: string;
  readonly environment_id: string | null;
  readonly environment_name: string | null;
  readonly position: number;
  readonly name: string;
  readonly providers: Provider[];
  readonly types: string[];
  readonly addresses: string[];
  readonly ids: string[];
  readonly tags: Record<string, string>;
  readonly actors: string[];
  readonly paths: string[];
  readonly silences: Ignorable[];
  readonly negated: boolean;
  readonly reason: string;
  readonly imported_from: string | null;
  readonly origin: string | null;
  readonly created_by: string | null;
  readonly expires_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface IgnoreRuleFilter {
  /** Rules that apply to this environment, those for every environment among them; null for all rules. */
  readonly environmentId: string | null;
  /** Position and id of the last row of the page before. */
  readonly after: readonly [position: number, id: string] | null;
  readonly limit: number;
}

const SELECT = `
  select r.id, r.environment_id, e.name as environment_name, r.position, r.name, r.providers, r.types, r.addresses,
    r.ids, r.tags, r.actors, r.paths, r.silences, r.negated, r.reason, r.imported_from, r.origin, r.created_by,
    r.expires_at, r.created_at, r.updated_at
  from ignore_rules r
  left join environments e on e.organization_id = r.organization_id and e.id = r.environment_id`;

@Injectable()
export class IgnoreRuleRepository extends TenantRepository<StoredIgnoreRule> {
  constructor(
    em: EntityManager,
    private readonly sql: TenantSql,
  ) {
    super(em, StoredIgnoreRule, 'IGNORE_RULE');
  }

  /** In the order in which they apply. */
  list(context: TenantContext, filter: IgnoreRuleFilter): Promise<IgnoreRuleRow[]> {
    return this.sql.read<IgnoreRuleRow>(
      context,
      `${SELECT}
       where r.organization_id = $1
         and ($2::uuid is null or r.environment_id = $2 or r.environment_id is null)
         and ($3::int is null or (r.position, r.id) > ($3, $4::uuid))
       order by r.position, r.id
       limit $5`,
      [
        context.organizationId,
        filter.environmentId,
        filter.after?.[0] ?? null,
        filter.after?.[1] ?? null,
        filter.limit,
      ],
    );
  }

  /** @throws DomainError notFound */
  async getRow(context: TenantContext, id: string): Promise<IgnoreRuleRow> {
    await this.getById(context, id);
    const [row] = await this.sql.read<IgnoreRuleRow>(
      context,
      `${SELECT} where r.organization_id = $1 and r.id = $2`,
      [context.organizationId, id],
    );
    if (row === undefined) throw this.notFound();
    return row;
  }

  /** The next free place in the order. Two at once may share it; then the id decides. */
  async nextPosition(context: TenantContext): Promise<number> {
    const [row] = await this.sql.read<{ next: number }>(
      context,
      'select coalesce(max(position), 0)::int + 1 as next from ignore_rules where organization_id = $1',
      [context.organizationId],
    );
    return row?.next ?? 1;
  }

  /** What counts in a scan of an environment at `now`, for the engine. */
  async inForce(context: TenantContext, environmentId: string, now: Date): Promise<IgnoreRule[]> {
    const rows = await this.sql.read<IgnoreRuleRow>(
      context,
      `${SELECT}
       where r.organization_id = $1 and (r.environment_id = $2 or r.environment_id is null)
         and (r.expires_at is null or r.expires_at > $3)
       order by r.position, r.id`,
      [context.organizationId, environmentId, now],
    );
    return rows.map((row) => ignoreRule({ ...fieldsOf(row), origin: `ignore rule ${row.id}` }));
  }
}

function fieldsOf(row: IgnoreRuleRow): Omit<IgnoreRule, 'origin'> {
  const { name, providers, types, addresses, ids, tags, actors, paths, silences, negated } = row;
  return { name, providers, types, addresses, ids, tags, actors, paths, silences, negated };
}
