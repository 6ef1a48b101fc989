import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { CRITICALITIES, type Criticality } from '../environment-choices.js';
import type { EnvironmentChange } from '../environments.service.js';
import { CloudSettingsBody, givenSettings } from './cloud-settings.request.js';

/** What is left out stays as it is. */
export class UpdateEnvironmentBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 255 })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name?: string;

  @ApiPropertyOptional({ maxLength: 5000 })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  description?: string;

  @ApiPropertyOptional({ type: CloudSettingsBody })
  @IsOptional()
  @ValidateNested()
  @Type(() => CloudSettingsBody)
  cloud_settings?: CloudSettingsBody;

  @ApiPropertyOptional({ enum: CRITICALITIES })
  @IsOptional()
  @IsIn(CRITICALITIES)
  criticality?: Criticality;

  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  is_production?: boolean;

  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  is_active?: boolean;

  @ApiPropertyOptional({
    description: 'The `version` you read; the change is refused if somebody was faster.',
  })
  @IsOptional()
  @IsInt()
  version?: number;
}

export function toEnvironmentChange(body: UpdateEnvironmentBody): EnvironmentChange {
  return {
    name: body.name,
    description: body.description,
    cloudSettings: body.cloud_settings && givenSettings(body.cloud_settings),
    criticality: body.criticality,
    isProduction: body.is_production,
    isActive: body.is_active,
    version: body.version,
  };
}
