import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Config } from '../config/index.js';
import type { Role } from '../context/index.js';
import { type AccessClaims, TOKEN_ALGORITHM, TOKEN_ISSUER } from './access-token.js';
import { IdentityDirectory } from './identity-directory.js';

/** Who a valid token belongs to, as they stand now. */
export interface Principal {
  readonly organizationId: string;
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    config: Config,
    private readonly directory: IdentityDirectory,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: config.get('SECRET_KEY'),
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
    });
  }

  /** False refuses the token: the user is gone, was deactivated, or has changed the password since. */
  async validate(claims: AccessClaims): Promise<Principal | false> {
    const standing = await this.directory.findStanding(claims.org, claims.sub);
    if (standing?.passwordVersion !== claims.pwv) return false;
    return {
      organizationId: claims.org,
      userId: claims.sub,
      username: standing.username,
      role: standing.role,
      mustChangePassword: standing.mustChangePassword,
    };
  }
}
