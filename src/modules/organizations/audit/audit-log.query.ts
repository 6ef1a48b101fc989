import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { AUDIT_RESULTS, type AuditFilter, type AuditResult } from '../../../core/audit/index.js';
import { IsInstant, PageQuery } from '../../../core/http/index.js';

const LONGEST = 255;

/** What a list and an export can be narrowed to; values match exactly. */
export class AuditLogQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Who.' })
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @ApiPropertyOptional({ description: '`user`, `service_account` or `system`.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  actor_kind?: string;

  @ApiPropertyOptional({ description: 'What: `resolve_drift`, `login`.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  action?: string;

  @ApiPropertyOptional({ description: 'To what: `drift`, `user`.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  resource_type?: string;

  @ApiPropertyOptional({ description: 'Id of the object.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  resource_id?: string;

  @ApiPropertyOptional({ enum: AUDIT_RESULTS })
  @IsOptional()
  @IsIn(AUDIT_RESULTS)
  result?: AuditResult;

  @ApiPropertyOptional({ description: 'Everything one request caused.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  correlation_id?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'From this time on.' })
  @IsOptional()
  @IsInstant()
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before this time.' })
  @IsOptional()
  @IsInstant()
  to?: Date;
}

export const AUDIT_EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type AuditExportFormat = (typeof AUDIT_EXPORT_FORMATS)[number];

export class AuditExportQuery extends AuditLogQuery {
  @ApiPropertyOptional({ enum: AUDIT_EXPORT_FORMATS, default: 'ndjson' })
  @IsOptional()
  @IsIn(AUDIT_EXPORT_FORMATS)
  format: AuditExportFormat = 'ndjson';
}

export function toFilter(query: AuditLogQuery): AuditFilter {
  const { page_size: _size, cursor: _cursor, ...filter } = query;
  return filter;
}
