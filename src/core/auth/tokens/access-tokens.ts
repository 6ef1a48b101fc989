import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
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

@Injectable()
export class AccessTokens {
  constructor(private readonly keys: SigningKeys) {}

  async issue({ sub, org, sid }: AccessClaims, expiresIn: number): Promise<AccessToken> {
    const signer = await this.keys.signer();
    const token = await new SignJWT({ org, sid })
      .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE, kid: signer.kid })
      .setSubject(sub)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${expiresIn} seconds`)
      .sign(signer.key);
    return { token, expiresIn };
  }

  /** Null for every token that is not one of ours, unchanged, and in time. The algorithm is ours to say, not the token's. */
  async verify(token: string): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(
        token,
        async (header) => {
          const key = isUuid(header.kid) ? await this.keys.verifier(header.kid) : null;
          if (key === null) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        {
          algorithms: [TOKEN_ALGORITHM],
          issuer: TOKEN_ISSUER,
          audience: TOKEN_AUDIENCE,
          typ: TOKEN_TYPE,
          requiredClaims: ['sub', 'org', 'sid', 'iat', 'exp'],
        },
      );
      const { sub, org, sid } = payload;
      return isUuid(sub) && isUuid(org) && isUuid(sid) ? { sub, org, sid } : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
