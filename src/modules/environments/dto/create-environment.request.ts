import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  CRITICALITIES,
  type Criticality,
  ENVIRONMENT_PROVIDERS,
  type EnvironmentProvider,
} from '../environment-choices.js';
import type { NewEnvironment } from '../environments.service.js';
import { CloudSettingsBody, givenSettings } from './cloud-settings.request.js';
import { IsCredentials } from './credentials.js';

export class CreateEnvironmentBody {
  @ApiProperty({ minLength: 1, example: 'production-eu', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name!: string;

  @ApiPropertyOptional({ default: '', maxLength: 5000 })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  description: string = '';

  @ApiProperty({ enum: ENVIRONMENT_PROVIDERS })
  @IsIn(ENVIRONMENT_PROVIDERS)
  provider!: EnvironmentProvider;

  @ApiPropertyOptional({ type: CloudSettingsBody })
  @IsOptional()
  @ValidateNested()
  @Type(() => CloudSettingsBody)
  cloud_settings?: CloudSettingsBody;

  @ApiPropertyOptional({
    enum: CRITICALITIES,
    description: 'Weighs in the severity of drifts. Default: high in production, else medium.',
  })
  @IsOptional()
  @IsIn(CRITICALITIES)
  criticality?: Criticality;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  is_production: boolean = false;

  @ApiPropertyOptional({ default: true, description: 'Only active environments are scanned.' })
  @IsOptional()
  @IsBoolean()
  is_active: boolean = true;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    writeOnly: true,
    example: { roleArn: 'arn:aws:iam::111122223333:role/driftguard-read' },
    description:
      'How to log in at the provider; kept encrypted and never answered. AWS: accessKeyId, secretAccessKey, sessionToken. Kubernetes: kubeconfig, context.',
  })
  @IsOptional()
  @IsCredentials()
  credentials?: Record<string, string>;

  @ApiPropertyOptional({
    default: false,
    description:
      'Keep the credentials untried when the cloud cannot be reached. What it refuses is never kept.',
  })
  @IsOptional()
  @IsBoolean()
  accept_unreachable: boolean = false;
}

export function toNewEnvironment(body: CreateEnvironmentBody): NewEnvironment {
  return {
    name: body.name,
    description: body.description,
    provider: body.provider,
    cloudSettings: body.cloud_settings === undefined ? {} : givenSettings(body.cloud_settings),
    criticality: body.criticality ?? null,
    isProduction: body.is_production,
    isActive: body.is_active,
    credentials: body.credentials ?? null,
    acceptUnreachable: body.accept_unreachable,
  };
}
