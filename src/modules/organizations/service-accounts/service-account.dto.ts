import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { type Role, ROLES } from '../../../core/context/index.js';
import type { ServiceAccount } from './service-account.entity.js';

const LONGEST_DESCRIPTION = 500;

export class CreateServiceAccountBody {
  @ApiProperty({
    example: 'deploy-pipeline',
    description: 'Lower case letters, digits, . _ - ; it stays.',
  })
  @IsString()
  @MaxLength(100)
  @Matches(/^[a-z0-9][a-z0-9._-]*$/, {
    message:
      'name may have lower case letters, digits, and . _ -, and begins with one of the first two',
  })
  name!: string;

  @ApiPropertyOptional({ default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_DESCRIPTION)
  description: string = '';

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;
}

export class UpdateServiceAccountBody {
  @ApiProperty({ example: 'Pushes states after every apply' })
  @IsString()
  @MaxLength(LONGEST_DESCRIPTION)
  description!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;

  @ApiProperty({ description: 'Keys of one that is not active are refused.' })
  @IsBoolean()
  is_active!: boolean;
}

export class ServiceAccountResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'deploy-pipeline' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export function toServiceAccountResponse(account: ServiceAccount): ServiceAccountResponse {
  const { id, name, description, role, is_active, created_at, updated_at } = account;
  return {
    ...{ id, name, description, role, is_active },
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

export const SERVICE_ACCOUNT_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-000000000061',
  name: 'deploy-pipeline',
  description: 'Pushes states after every apply',
  role: 'editor',
  is_active: true,
  created_at: '2026-01-01T08:00:00.000Z',
  updated_at: '2026-01-01T08:00:00.000Z',
} satisfies ServiceAccountResponse;
