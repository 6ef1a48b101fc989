import { ApiProperty } from '@nestjs/swagger';
import type { Organization } from '../organization.entity.js';

export class OrganizationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Cloud' })
  name!: string;

  @ApiProperty({ example: 'acme', description: 'Given at login.' })
  slug!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ example: 'platform@acme.example' })
  contact_email!: string;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export function toOrganizationResponse(organization: Organization): OrganizationResponse {
  return {
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    description: organization.description,
    contact_email: organization.contact_email,
    is_active: organization.is_active,
    created_at: organization.created_at.toISOString(),
    updated_at: organization.updated_at.toISOString(),
  };
}

export const ORGANIZATION_EXAMPLE: OrganizationResponse = {
  id: '01980a3e-0000-7000-8000-000000000000',
  name: 'Acme Cloud',
  slug: 'acme',
  description: 'Everything that runs the shop.',
  contact_email: 'platform@acme.example',
  is_active: true,
  created_at: '2026-01-01T08:00:00.000Z',
  updated_at: '2026-01-01T08:00:00.000Z',
};
