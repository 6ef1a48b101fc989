import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsInstant, PageQuery } from '../../../../core/http/index.js';

export class ListIgnoreRulesQuery extends PageQuery {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Rules that apply to this environment, those for every environment among them.',
  })
  @IsOptional()
  @IsUUID()
  environment_id?: string;
}

export class ImportIgnoreRulesQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Left out: every environment.' })
  @IsOptional()
  @IsUUID()
  environment_id?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 255,
    example: '.driftignore',
    description:
      'Says which tool the file was written for: `.driftignore`, `.tfdriftignore`, `*.tf` for `lifecycle.ignore_changes`; anything else is YAML with `rules:` or Argo CD `ignoreDifferences:`. A form brings its own name.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  file_name?: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Take the place of what a file of this name brought into the same environment before.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value === true || value === 'true')
  @IsBoolean()
  replace?: boolean;

  @ApiPropertyOptional({ maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @IsInstant()
  expires_at?: Date;
}
