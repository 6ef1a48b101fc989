import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import type { Principal } from '../principal.js';
import { bearerOf } from '../request-principal.js';
import { SessionCheck } from '../sessions/session-check.js';
import { registryFor } from '../strategy-registry.js';
import { type AccessClaims, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_TYPE } from './access-tokens.js';
import { SigningKeys, TOKEN_ALGORITHM } from './signing-keys.js';

/** The database did not answer which keys there are: no reason to call the token wrong. */
export class KeyLookupFailed extends Error {
  constructor(override readonly cause: unknown) {
    super('the signing keys could not be read');
  }
}

/**
 * Takes the tokens that are ours, unchanged and in time, and of a session that still stands. Algorithm and keys are
 * ours to say, not the token's.
 */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy) {
  constructor(
    keys: SigningKeys,
    private readonly sessions: SessionCheck,
  ) {
    super({
      jwtFromRequest: (request: FastifyRequest) => bearerOf(request),
      secretOrKeyProvider: (_request, token: string, done) => {
        const kid = headerOf(token)?.kid;
        if (!isUuid(kid)) {
          done(new Error('the token names no key'));
          return;
        }
        keys.verifier(kid).then(
          (key) => {
            if (key === null) done(new Error('the key of the token is unknown'));
            else done(null, key);
          },
          (error: unknown) => {
            done(new KeyLookupFailed(error));
          },
        );
      },
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      passReqToCallback: true,
    });
  }

  getPassportInstance() {
    return registryFor(this);
  }

  /** Called by passport for a token with a good signature, which covers the header too. */
  async validate(request: FastifyRequest, payload: unknown): Promise<Principal | null> {
    const header = headerOf(bearerOf(request) ?? '');
    const claims = header?.typ === TOKEN_TYPE ? claimsOf(payload) : null;
    return claims === null ? null : this.sessions.principalOf(claims);
  }
}

/** Null for what is no token. Nothing is verified yet: it only says which of our keys to try. */
function headerOf(token: string): Record<string, unknown> | null {
  const [text = ''] = token.split('.');
  try {
    const header: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isObject(header) ? header : null;
  } catch {
    return null;
  }
}

function claimsOf(payload: unknown): AccessClaims | null {
  if (!isObject(payload)) return null;
  const { sub, org, sid, iat, exp } = payload;
  if (typeof iat !== 'number' || typeof exp !== 'number') return null;
  return isUuid(sub) && isUuid(org) && isUuid(sid) ? { sub, org, sid } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
