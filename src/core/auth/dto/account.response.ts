import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES, type TenantContext } from '../../context/index.js';

export class AccountResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ example: 'admin' })
  username!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty({ format: 'uuid' })
  organization!: string;

  @ApiProperty({ type: [String], example: ['drift:read'] })
  permissions!: string[];
}

export function toAccountResponse(context: TenantContext): AccountResponse {
  return {
    id: context.actor.id,
    username: context.actor.name,
    role: context.role,
    organization: context.organizationId,
    permissions: [...context.permissions].sort(),
  };
}
