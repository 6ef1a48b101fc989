import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../../core/http/index.js';
import { ENVIRONMENT_PROVIDERS, type EnvironmentProvider } from '../environment-choices.js';

export class ListEnvironmentsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ENVIRONMENT_PROVIDERS })
  @IsOptional()
  @IsIn(ENVIRONMENT_PROVIDERS)
  provider?: EnvironmentProvider;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => booleanOf(value))
  @IsBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({ description: 'Part of the name, in any case.' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  search?: string;
}

function booleanOf(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}
