import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../../../core/context/index.js';
import {
  type SsoConnection,
  TOKEN_AUTH_METHODS,
  type TokenAuthMethod,
} from '../sso/sso-connection.entity.js';
import { GroupRoleBody } from './replace-sso.request.js';

/** Never the client secret. */
export class SsoResponse {
  @ApiProperty({ format: 'uuid' })
  organization!: string;

  @ApiProperty()
  is_active!: boolean;

  @ApiProperty()
  issuer!: string;

  @ApiProperty()
  client_id!: string;

  @ApiProperty({ enum: TOKEN_AUTH_METHODS })
  token_auth_method!: TokenAuthMethod;

  @ApiProperty({ type: [String] })
  scopes!: string[];

  @ApiProperty()
  groups_claim!: string;

  @ApiProperty({ type: [GroupRoleBody] })
  role_mapping!: GroupRoleBody[];

  @ApiProperty({ enum: ROLES, nullable: true, type: String })
  default_role!: Role | null;

  @ApiProperty({ type: [String] })
  allowed_domains!: string[];

  @ApiProperty()
  jit_users!: boolean;

  @ApiProperty({ type: [String] })
  second_factor_values!: string[];

  @ApiProperty()
  enforced!: boolean;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  break_glass_user!: string | null;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export function toSsoResponse(connection: SsoConnection): SsoResponse {
  return {
    organization: connection.organization_id,
    is_active: connection.is_active,
    issuer: connection.issuer,
    client_id: connection.client_id,
    token_auth_method: connection.token_auth_method,
    scopes: connection.scopes,
    groups_claim: connection.groups_claim,
    role_mapping: connection.role_mapping.map(({ group, role }) => ({ group, role })),
    default_role: connection.default_role,
    allowed_domains: connection.allowed_domains,
    jit_users: connection.jit_users,
    second_factor_values: connection.second_factor_values,
    enforced: connection.enforced,
    break_glass_user: connection.break_glass_user,
    updated_at: connection.updated_at.toISOString(),
  };
}

export const SSO_EXAMPLE: SsoResponse = {
  organization: '01980a3e-0000-7000-8000-000000000000',
  is_active: true,
  issuer: 'https://login.acme.example',
  client_id: 'driftguard',
  token_auth_method: 'client_secret_basic',
  scopes: ['openid', 'email', 'profile'],
  groups_claim: 'groups',
  role_mapping: [{ group: 'platform', role: 'admin' }],
  default_role: 'viewer',
  allowed_domains: ['acme.example'],
  jit_users: true,
  second_factor_values: ['mfa'],
  enforced: false,
  break_glass_user: null,
  updated_at: '2026-01-01T08:00:00.000Z',
};
