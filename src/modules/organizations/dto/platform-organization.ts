import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { PlatformOrganization } from '../platform/platform-organizations.service.js';

export class SetOrganizationStatusBody {
  @ApiProperty({ example: 'acme', maxLength: 100, description: 'Slug.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  organization!: string;

  @ApiProperty({ example: false })
  @IsBoolean()
  is_active!: boolean;
}

export class PlatformOrganizationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}

export function toPlatformOrganizationResponse(
  organization: PlatformOrganization,
): PlatformOrganizationResponse {
  const { id, name, slug, is_active, created_at } = organization;
  return { id, name, slug, is_active, created_at: created_at.toISOString() };
}

export const PLATFORM_ORGANIZATION_EXAMPLE: PlatformOrganizationResponse = {
  id: '01980a3e-0000-7000-8000-000000000000',
  name: 'Acme Cloud',
  slug: 'acme',
  is_active: true,
  created_at: '2026-01-01T08:00:00.000Z',
};
