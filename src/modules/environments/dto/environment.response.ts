import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type AwsSettings,
  CRITICALITIES,
  type CloudSettings,
  type Criticality,
  ENVIRONMENT_PROVIDERS,
  type EnvironmentProvider,
  UNMANAGED_CHOICES,
  type UnmanagedChoice,
} from '../environment-choices.js';
import { AwsSettingsBody } from './aws-settings.request.js';
import type { EnvironmentRow } from '../environment.repository.js';

export class CloudSettingsResponse implements CloudSettings {
  @ApiProperty({ type: String, nullable: true })
  endpoint!: string | null;

  @ApiProperty({ type: [String] })
  regions!: string[];

  @ApiProperty({ type: [String] })
  types!: string[];

  @ApiProperty({ type: [String] })
  namespaces!: string[];

  @ApiProperty({ enum: UNMANAGED_CHOICES })
  unmanaged!: UnmanagedChoice;

  @ApiPropertyOptional({ type: AwsSettingsBody, nullable: true })
  aws?: AwsSettings | null;
}

export class EnvironmentResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ enum: ENVIRONMENT_PROVIDERS })
  provider!: EnvironmentProvider;

  @ApiProperty({ type: CloudSettingsResponse })
  cloud_settings!: CloudSettings;

  @ApiProperty({ enum: CRITICALITIES })
  criticality!: Criticality;

  @ApiProperty()
  is_production!: boolean;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty({
    type: [String],
    description: 'Names of the credential fields that are set; their values are never answered.',
  })
  credential_fields!: string[];

  @ApiProperty()
  version!: number;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export function toEnvironmentResponse(row: EnvironmentRow): EnvironmentResponse {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    provider: row.provider,
    cloud_settings: row.cloud_settings,
    criticality: row.criticality,
    is_production: row.is_production,
    is_active: row.is_active,
    credential_fields: row.credential_fields ?? [],
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export const ENVIRONMENT_EXAMPLE: EnvironmentResponse = {
  id: '01980a3e-0000-7000-8000-000000000010',
  name: 'production-eu',
  description: 'Shop, Frankfurt',
  provider: 'aws',
  cloud_settings: {
    endpoint: null,
    regions: ['eu-central-1'],
    types: [],
    namespaces: [],
    unmanaged: 'declared-types',
  },
  criticality: 'critical',
  is_production: true,
  is_active: true,
  credential_fields: ['accessKeyId', 'secretAccessKey'],
  version: 1,
  created_at: '2026-03-02T08:00:00.000Z',
  updated_at: '2026-03-02T08:00:00.000Z',
};
