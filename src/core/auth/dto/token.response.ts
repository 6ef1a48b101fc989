import { ApiProperty } from '@nestjs/swagger';
import type { AccessToken } from '../access-token.js';

export class TokenResponse {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`.' })
  access_token!: string;

  @ApiProperty({ example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ description: 'Seconds until it expires.', example: 3600 })
  expires_in!: number;

  @ApiProperty({
    description: 'When true, every other endpoint answers 403 until the password is changed.',
  })
  must_change_password!: boolean;
}

export function toTokenResponse(token: AccessToken, mustChangePassword: boolean): TokenResponse {
  return {
    access_token: token.token,
    token_type: 'Bearer',
    expires_in: token.expiresIn,
    must_change_password: mustChangePassword,
  };
}
