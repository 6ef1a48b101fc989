import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { TenantRepository, TenantSql } from '../../core/database/index.js';
import type { CloudSettings, Criticality, EnvironmentProvider } from './environment-choices.js';
import { Environment } from './environment.entity.js';

/** One line of the list, as the database answers it. */
export interface EnvironmentRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly provider: EnvironmentProvider;
  readonly cloud_settings: CloudSettings;
  readonly criticality: Criticality;
  readonly is_production: boolean;
  readonly is_active: boolean;
  readonly credential_fields: string[] | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface EnvironmentFilter {
  readonly provider: EnvironmentProvider | null;
  readonly isActive: boolean | null;
  readonly search: string | null;
  /** Name and id of the last row of the page before. */
  readonly after: readonly [name: string, id: string] | null;
  readonly limit: number;
}

const SELECT = `
  select e.id, e.name, e.description, e.provider, e.cloud_settings, e.criticality, e.is_production, e.is_active,
    c.field_names as credential_fields, e.version, e.created_at, e.updated_at
  from environments e
  left join environment_credentials c on c.organization_id = e.organization_id and c.environment_id = e.id`;

@Injectable()
export class EnvironmentRepository extends TenantRepository<Environment> {
  constructor(
    em: EntityManager,
    private readonly sql: TenantSql,
  ) {
    super(em, Environment, 'ENVIRONMENT');
  }

  /** In order of name. */
  list(context: TenantContext, filter: EnvironmentFilter): Promise<EnvironmentRow[]> {
    return this.sql.read<EnvironmentRow>(
      context,
      `${SELECT}
       where e.organization_id = $1
         and ($2::text is null or e.provider = $2)
         and ($3::boolean is null or e.is_active = $3)
         and ($4::text is null or position(lower($4) in lower(e.name)) > 0)
         and ($5::text is null or (e.name, e.id) > ($5, $6::uuid))
       order by e.name, e.id
       limit $7`,
      [
        context.organizationId,
        filter.provider,
        filter.isActive,
        filter.search,
        filter.after?.[0] ?? null,
        filter.after?.[1] ?? null,
        filter.limit,
      ],
    );
  }

  /** @throws DomainError notFound */
  async getRow(context: TenantContext, id: string): Promise<EnvironmentRow> {
    await this.getById(context, id);
    const [row] = await this.sql.read<EnvironmentRow>(
      context,
      `${SELECT} where e.organization_id = $1 and e.id = $2`,
      [context.organizationId, id],
    );
    if (row === undefined) throw this.notFound();
    return row;
  }
}
