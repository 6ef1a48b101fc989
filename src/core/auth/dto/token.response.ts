import { ApiProperty } from '@nestjs/swagger';
import type { IssuedSession } from '../sessions/session.service.js';

export class TokenResponse {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`.' })
  access_token!: string;

  @ApiProperty({ example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ description: 'Seconds until it expires.', example: 900 })
  expires_in!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Exchange it at POST /api/v1/auth/refresh, once, for the next pair. Null when it travels in a cookie.',
  })
  refresh_token!: string | null;

  @ApiProperty({
    description: 'Seconds until the session ends unless it is used.',
    example: 3600,
  })
  refresh_expires_in!: number;

  @ApiProperty({ format: 'uuid' })
  session_id!: string;

  @ApiProperty({
    description: 'When true, every other endpoint answers 403 until the password is changed.',
  })
  must_change_password!: boolean;
}

export function toTokenResponse(issued: IssuedSession, inCookie: boolean): TokenResponse {
  return {
    access_token: issued.access.token,
    token_type: 'Bearer',
    expires_in: issued.access.expiresIn,
    refresh_token: inCookie ? null : issued.refreshToken,
    refresh_expires_in: issued.refreshExpiresIn,
    session_id: issued.sessionId,
    must_change_password: issued.mustChangePassword,
  };
}

export const TOKEN_EXAMPLE: TokenResponse = {
  access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjAx…',
  token_type: 'Bearer',
  expires_in: 900,
  refresh_token: 'dgr_AZgKPgAAcACAAAAAAAAAAAGYCj4AAHAAgAAAAAAAAAH…',
  refresh_expires_in: 3600,
  session_id: '01980a3e-0000-7000-8000-000000000042',
  must_change_password: false,
};
