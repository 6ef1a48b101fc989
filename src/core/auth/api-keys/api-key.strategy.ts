import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import type { Principal } from '../principal.js';
import { bearerOf } from '../request-principal.js';
import { registryFor } from '../strategy-registry.js';
import { ApiKeyCheck } from './api-key-check.js';

type Done = (error: Error | null, principal: Principal | null) => void;

/** `Authorization: Bearer dg_…`, as passport wants a scheme. */
class ApiKeyScheme extends passport.Strategy {
  override name = 'api-key';

  constructor(private readonly verify: (token: string, done: Done) => void) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(bearerOf(request as FastifyRequest) ?? '', (error, principal) => {
      if (error !== null) this.error(error);
      else if (principal === null) this.fail(401);
      else this.success(principal);
    });
  }
}

/** What is no key, or none that can be used, fails like every other token: with one answer whatever was wrong. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(ApiKeyScheme) {
  constructor(private readonly keys: ApiKeyCheck) {
    super();
  }

  getPassportInstance() {
    return registryFor(this);
  }

  validate(token: string): Promise<Principal | null> {
    return this.keys.principalOf(token);
  }
}
