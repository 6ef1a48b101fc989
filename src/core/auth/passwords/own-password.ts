import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../context/index.js';
import { type AttemptLimit, AttemptLimiter } from '../../redis/index.js';
import { authErrors } from '../auth.errors.js';
import { IdentityDirectory } from '../identity-directory.js';
import { PasswordHasher } from './password-hasher.js';

/** Asked again before something dangerous: who found an open session does not know it. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly directory: IdentityDirectory,
    private readonly passwords: PasswordHasher,
    private readonly limiter: AttemptLimiter,
  ) {}

  /** @throws DomainError `AUTH.WRONG_CURRENT_PASSWORD`, `AUTH.TOO_MANY_ATTEMPTS` */
  async check(context: TenantContext, password: string): Promise<void> {
    const limit: AttemptLimit = {
      name: 'password/again',
      who: [context.organizationId, context.actor.id],
      max: 10,
      windowSeconds: 15 * 60,
    };
    if (!(await this.limiter.take([limit]))) throw authErrors.tooManyAttempts();
    const hash = await this.directory.passwordHash(context);
    if (!(await this.passwords.verify(hash, password))) throw authErrors.wrongCurrentPassword();
    await this.limiter.forget(limit);
  }
}
