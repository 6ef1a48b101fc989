import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayContains,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsFQDN,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { type Role, ROLES } from '../../../core/context/index.js';
import { TOKEN_AUTH_METHODS, type TokenAuthMethod } from '../sso/sso-connection.entity.js';
import type { SsoSettings } from '../sso/sso-connections.service.js';

const DEFAULT_SCOPES = ['openid', 'email', 'profile'];

export class GroupRoleBody {
  @ApiProperty({ example: 'platform', description: 'As the provider writes it.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  group!: string;

  @ApiProperty({ enum: ROLES, example: 'admin' })
  @IsIn(ROLES)
  role!: Role;
}

export class ReplaceSsoBody {
  @ApiPropertyOptional({
    default: true,
    description: 'Off: nobody logs in by it, nothing is enforced.',
  })
  @IsOptional()
  @IsBoolean()
  is_active?: boolean;

  @ApiProperty({
    example: 'https://login.acme.example',
    maxLength: 500,
    description: 'As the provider names itself in /.well-known/openid-configuration; https.',
  })
  @IsString()
  @MaxLength(500)
  @Matches(/^https?:\/\//, { message: 'issuer must be a URL' })
  issuer!: string;

  @ApiProperty({ example: 'driftguard', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  client_id!: string;

  @ApiPropertyOptional({
    format: 'password',
    writeOnly: true,
    maxLength: 1000,
    example: 'kP3vD0mBqXw8s2LhTz5R',
    description:
      'Kept sealed, never answered. Left out, the one that is there stays, as long as issuer and client_id do.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1000)
  client_secret?: string;

  @ApiPropertyOptional({ enum: TOKEN_AUTH_METHODS, default: 'client_secret_basic' })
  @IsOptional()
  @IsIn(TOKEN_AUTH_METHODS)
  token_auth_method?: TokenAuthMethod;

  @ApiPropertyOptional({ type: [String], default: DEFAULT_SCOPES, description: 'With `openid`.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayContains(['openid'])
  @Matches(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, { each: true })
  scopes?: string[];

  @ApiPropertyOptional({
    default: 'groups',
    maxLength: 255,
    description: 'Claim with the groups, or the path to it: `realm_access.roles`.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  groups_claim?: string;

  @ApiPropertyOptional({
    type: [GroupRoleBody],
    description:
      'Roles by group, set anew at every login; the highest wins. Empty: roles are given here, by administrators.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => GroupRoleBody)
  role_mapping?: GroupRoleBody[];

  @ApiPropertyOptional({
    enum: ROLES,
    nullable: true,
    description: 'For whom no group is mapped. Null or left out: they are turned away.',
  })
  @IsOptional()
  @IsIn(ROLES)
  default_role?: Role | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['acme.example'],
    description:
      'Domains of the organization. With any, only verified addresses of them log in, and link users that are here already.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsFQDN({}, { each: true })
  allowed_domains?: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'Whether somebody without a user gets one at the first login.',
  })
  @IsOptional()
  @IsBoolean()
  jit_users?: boolean;

  @ApiPropertyOptional({
    type: [String],
    example: ['mfa'],
    description:
      'Values of amr or acr by which the provider says that it asked for a second factor.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(255, { each: true })
  second_factor_values?: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'No login with a password, but for break_glass_user.',
  })
  @IsOptional()
  @IsBoolean()
  enforced?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'An active administrator who keeps the password; needed to enforce.',
  })
  @IsOptional()
  @IsUUID()
  break_glass_user?: string | null;
}

/** With every default. */
export function toSsoSettings(body: ReplaceSsoBody): SsoSettings {
  return {
    is_active: body.is_active ?? true,
    issuer: body.issuer,
    client_id: body.client_id,
    token_auth_method: body.token_auth_method ?? 'client_secret_basic',
    scopes: body.scopes ?? DEFAULT_SCOPES,
    groups_claim: body.groups_claim ?? 'groups',
    role_mapping: (body.role_mapping ?? []).map(({ group, role }) => ({ group, role })),
    default_role: body.default_role ?? null,
    allowed_domains: (body.allowed_domains ?? []).map((one) => one.toLowerCase()),
    jit_users: body.jit_users ?? false,
    second_factor_values: body.second_factor_values ?? [],
    enforced: body.enforced ?? false,
    break_glass_user: body.break_glass_user ?? null,
  };
}
