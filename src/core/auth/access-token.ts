import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Config } from '../config/index.js';

export const TOKEN_ISSUER = 'driftguard';
export const TOKEN_ALGORITHM = 'HS256';

/** What an access token says. Role and rights are looked up at every request, not believed. */
export interface AccessClaims {
  /** User id. */
  readonly sub: string;
  /** Organization id. */
  readonly org: string;
  /** Password version at login. */
  readonly pwv: number;
}

export interface AccessToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly config: Config,
  ) {}

  /** `sessionTimeout` (seconds) is the organization's; it can only shorten a token's life. */
  async issue(claims: AccessClaims, sessionTimeout: number): Promise<AccessToken> {
    const expiresIn = Math.min(sessionTimeout, this.config.get('ACCESS_TOKEN_SECONDS'));
    return { token: await this.jwt.signAsync({ ...claims }, { expiresIn }), expiresIn };
  }
}
