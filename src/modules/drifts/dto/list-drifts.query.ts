import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsInstant, PageQuery } from '../../../core/http/index.js';
import {
  DRIFT_TYPES,
  DRIFT_VERDICTS,
  type DriftType,
  type DriftVerdict,
} from '../drift-choices.js';
import type { DriftFilter } from '../drift-rows.js';
import { DRIFT_STATUSES, type DriftStatus } from '../drift-status.js';

export const DRIFT_ORDERINGS = ['-detected_at', 'detected_at'] as const;
export type DriftOrdering = (typeof DRIFT_ORDERINGS)[number];

/** `a,b` and `x=a&x=b` both mean a list. */
const asList = ({ value }: { value: unknown }): unknown =>
  (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
    typeof one === 'string' ? one.split(',') : [one],
  );
const asBoolean = ({ value }: { value: unknown }): unknown => {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
};

export class ListDriftsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the environment.' })
  @IsOptional()
  @IsUUID()
  environment?: string;

  @ApiPropertyOptional({ enum: DRIFT_TYPES, isArray: true })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(DRIFT_TYPES.length)
  @IsIn(DRIFT_TYPES, { each: true })
  drift_type?: DriftType[];

  @ApiPropertyOptional({ enum: DRIFT_STATUSES, isArray: true })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(DRIFT_STATUSES.length)
  @IsIn(DRIFT_STATUSES, { each: true })
  status?: DriftStatus[];

  @ApiPropertyOptional({ enum: DRIFT_VERDICTS, isArray: true })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(DRIFT_VERDICTS.length)
  @IsIn(DRIFT_VERDICTS, { each: true })
  verdict?: DriftVerdict[];

  @ApiPropertyOptional({ minimum: 0, maximum: 1, description: 'Least severity_score.' })
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1)
  severity_min?: number;

  @ApiPropertyOptional({ example: 'aws_security_group' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  resource_type?: string;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  is_security_critical?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'True: only resolved; false: only open.' })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  resolved?: boolean;

  @ApiPropertyOptional({
    description: 'Part of address, id, resource type or environment name, in any case.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  search?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'From this moment on.' })
  @IsOptional()
  @IsInstant()
  detected_from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before this moment.' })
  @IsOptional()
  @IsInstant()
  detected_before?: Date;

  @ApiPropertyOptional({ enum: DRIFT_ORDERINGS, default: '-detected_at' })
  @IsOptional()
  @IsIn(DRIFT_ORDERINGS)
  ordering: DriftOrdering = '-detected_at';
}

export function toDriftFilter(query: ListDriftsQuery, after: DriftFilter['after']): DriftFilter {
  return {
    environmentId: query.environment ?? null,
    driftTypes: query.drift_type ?? null,
    statuses: query.status ?? null,
    verdicts: query.verdict ?? null,
    resourceType: query.resource_type ?? null,
    minSeverity: query.severity_min ?? null,
    isSecurityCritical: query.is_security_critical ?? null,
    resolved: query.resolved ?? null,
    detectedFrom: query.detected_from ?? null,
    detectedBefore: query.detected_before ?? null,
    search: query.search ?? null,
    direction: query.ordering === '-detected_at' ? 'desc' : 'asc',
    after,
    limit: query.page_size + 1,
  };
}
