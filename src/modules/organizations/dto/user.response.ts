import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../../../core/context/index.js';
import type { User } from '../user.entity.js';
import type { UserWithInitialPassword } from '../users.service.js';

export class UserResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  organization!: string;

  @ApiProperty({ example: 'grace' })
  username!: string;

  @ApiProperty({ example: 'grace@acme.example' })
  email!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty()
  must_change_password!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_login!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}

export class UserWithInitialPasswordResponse extends UserResponse {
  @ApiProperty({ description: 'Shown this once; the user has to change it at the first login.' })
  initial_password!: string;
}

export function toUserResponse(user: User): UserResponse {
  return {
    id: user.id,
    organization: user.organization_id,
    username: user.username,
    email: user.email,
    role: user.role,
    is_active: user.is_active,
    must_change_password: user.must_change_password,
    last_login: user.last_login?.toISOString() ?? null,
    created_at: user.created_at.toISOString(),
  };
}

export function toUserWithInitialPasswordResponse(
  created: UserWithInitialPassword,
): UserWithInitialPasswordResponse {
  return Object.assign(toUserResponse(created.user), { initial_password: created.initialPassword });
}

export const USER_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-000000000001',
  organization: '01980a3e-0000-7000-8000-000000000000',
  username: 'grace',
  email: 'grace@acme.example',
  role: 'editor',
  is_active: true,
  must_change_password: false,
  last_login: '2026-01-01T08:00:00.000Z',
  created_at: '2026-01-01T08:00:00.000Z',
} satisfies UserResponse;
