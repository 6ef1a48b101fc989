import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../../../core/context/index.js';
import type { AccountLink } from '../links/account-link.entity.js';
import type { Registered } from '../account/registration.service.js';
import {
  ORGANIZATION_EXAMPLE,
  OrganizationResponse,
  toOrganizationResponse,
} from './organization.response.js';
import { toUserResponse, USER_EXAMPLE, UserResponse } from './user.response.js';

export class InvitationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'linus@acme.example' })
  email!: string;

  @ApiProperty({ enum: ROLES, type: String, nullable: true })
  role!: Role | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Who invited.' })
  created_by!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the mail server took the mail; null while it is on its way.',
  })
  sent_at!: string | null;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;
}

export class RegistrationResponse {
  @ApiProperty({ type: OrganizationResponse })
  organization!: OrganizationResponse;

  @ApiProperty({ type: UserResponse })
  user!: UserResponse;
}

export function toInvitationResponse(link: AccountLink): InvitationResponse {
  return {
    id: link.id,
    email: link.email,
    role: link.role,
    created_by: link.created_by,
    created_at: link.created_at.toISOString(),
    sent_at: link.sent_at?.toISOString() ?? null,
    expires_at: link.expires_at.toISOString(),
  };
}

export function toRegistrationResponse(registered: Registered): RegistrationResponse {
  return {
    organization: toOrganizationResponse(registered.organization),
    user: toUserResponse(registered.user),
  };
}

export const INVITATION_EXAMPLE: InvitationResponse = {
  id: '01980a3e-0000-7000-8000-000000000051',
  email: 'linus@acme.example',
  role: 'editor',
  created_by: '01980a3e-0000-7000-8000-000000000001',
  created_at: '2026-01-01T08:00:00.000Z',
  sent_at: null,
  expires_at: '2026-01-08T08:00:00.000Z',
};

export const REGISTRATION_EXAMPLE: RegistrationResponse = {
  organization: ORGANIZATION_EXAMPLE,
  user: { ...USER_EXAMPLE, role: 'admin', last_login: null },
};
