import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { TenantRepository, TenantSql } from '../../core/database/index.js';
import type { LastRead, SourceKind, SourceOptions } from './iac-choices.js';
import { IacSource } from './iac-source.entity.js';

/** One line of the list, as the database answers it. */
export interface SourceRow {
  readonly id: string;
  readonly environment_id: string;
  readonly environment_name: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly location: string;
  readonly path: string | null;
  readonly url: string | null;
  readonly last_read: LastRead | null;
  /** Null when there are no credentials. */
  readonly credential_fields: string[] | null;
  readonly options: SourceOptions;
  /** Null until something was uploaded. */
  readonly document_name: string | null;
  readonly document_size: string | null;
  readonly document_resources: number | null;
  readonly document_serial: string | null;
  readonly document_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface SourceFilter {
  readonly environmentId: string | null;
  /** Name and id of the last row of the page before. */
  readonly after: readonly [name: string, id: string] | null;
  readonly limit: number;
}

const SELECT = `
  select s.id, s.environment_id, e.name as environment_name, s.name, s.kind, s.location, s.path, s.url, s.last_read,
    s.options, c.field_names as credential_fields,
    d.name as document_name, d.size as document_size, d.resources as document_resources, d.serial as document_serial,
    d.created_at as document_at, s.created_at, s.updated_at
  from iac_sources s
  join environments e on e.organization_id = s.organization_id and e.id = s.environment_id
  left join iac_documents d on d.organization_id = s.organization_id and d.source_id = s.id
  left join iac_source_credentials c on c.organization_id = s.organization_id and c.source_id = s.id`;

@Injectable()
export class IacSourceRepository extends TenantRepository<IacSource> {
  constructor(
    em: EntityManager,
    private readonly sql: TenantSql,
  ) {
    super(em, IacSource, 'SOURCE');
  }

  /** In order of name. */
  list(context: TenantContext, filter: SourceFilter): Promise<SourceRow[]> {
    return this.sql.read<SourceRow>(
      context,
      `${SELECT}
       where s.organization_id = $1
         and ($2::uuid is null or s.environment_id = $2)
         and ($3::text is null or (s.name, s.id) > ($3, $4::uuid))
       order by s.name, s.id
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
  async getRow(context: TenantContext, id: string): Promise<SourceRow> {
    await this.getById(context, id);
    const [row] = await this.sql.read<SourceRow>(
      context,
      `${SELECT} where s.organization_id = $1 and s.id = $2`,
      [context.organizationId, id],
    );
    if (row === undefined) throw this.notFound();
    return row;
  }

  /** Not through the entity: a scan must not collide with somebody who edits the source. */
  async noteReading(context: TenantContext, id: string, read: LastRead): Promise<void> {
    await this.sql.write(
      context,
      'update iac_sources set last_read = $3 where organization_id = $1 and id = $2',
      [context.organizationId, id, JSON.stringify(read)],
    );
  }

  /** Every source of an environment, in order of name. */
  ofEnvironment(context: TenantContext, environmentId: string): Promise<IacSource[]> {
    return this.find(
      context,
      { environment: { id: environmentId } },
      { orderBy: { name: 'asc', id: 'asc' } },
    );
  }
}
