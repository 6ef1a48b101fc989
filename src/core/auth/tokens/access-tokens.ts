import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { SigningKeys, TOKEN_ALGORITHM } from './signing-keys.js';

export const TOKEN_ISSUER = 'driftguard';
export const TOKEN_AUDIENCE = 'driftguard-api';
/** RFC 9068: an access token, so that no other kind of token of this installation passes as one. */
export const TOKEN_TYPE = 'at+jwt';

/** What an access token says. Role and rights are looked up at every request, not believed. */
export interface AccessClaims {
  /** User id. */
  readonly sub: string;
  /** Organization id. */
  readonly org: string;
  /** Session id. */
  readonly sid: string;
}

export interface AccessToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Makes access tokens; `AccessTokenStrategy` checks them. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly jwt: JwtService,
  ) {}

  async issue({ sub, org, sid }: AccessClaims, expiresIn: number): Promise<AccessToken> {
    const { kid, key } = await this.keys.signer();
    const token = await this.jwt.signAsync(
      { org, sid },
      {
        algorithm: TOKEN_ALGORITHM,
        header: { alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE },
        keyid: kid,
        privateKey: key,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        subject: sub,
        expiresIn,
      },
    );
    return { token, expiresIn };
  }
}
