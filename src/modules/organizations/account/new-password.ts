import { Injectable } from '@nestjs/common';
import { assertGoodPassword, PasswordHasher } from '../../../core/auth/index.js';
import type { Organization } from '../organization.entity.js';

/** Checks a password somebody chose for an account of the organization, and hashes it. */
@Injectable()
export class NewPassword {
  constructor(private readonly passwords: PasswordHasher) {}

  /** @throws DomainError `AUTH.WEAK_PASSWORD` */
  async hash(
    password: string,
    owner: { readonly username: string; readonly email: string },
    organization: Pick<Organization, 'name' | 'slug'>,
  ): Promise<string> {
    assertGoodPassword(password, {
      username: owner.username,
      words: [organization.name, organization.slug, owner.email],
    });
    return this.passwords.hash(password);
  }
}
