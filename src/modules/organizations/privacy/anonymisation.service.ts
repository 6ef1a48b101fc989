import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditRedaction, AuditTrail } from '../../../core/audit/index.js';
import { PasswordHasher } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { newPseudonym, scrubber } from '../../../core/privacy/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { organizationErrors } from '../organizations.errors.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';
import { PersonalColumns } from './personal-columns.js';

export interface Anonymised {
  readonly pseudonym: string;
  /** Rows that were changed or deleted, by table. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Takes a person out of everything an organization has, for good. What the person did stays, done by a pseudonym. */
@Injectable()
export class AnonymisationService {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly columns: PersonalColumns,
    private readonly redaction: AuditRedaction,
    private readonly audit: AuditTrail,
    private readonly queue: JobQueue,
  ) {}

  /** @throws DomainError `USER.NOT_FOUND`, `USER.LAST_ADMINISTRATOR` */
  async anonymise(context: TenantContext, userId: string): Promise<Anonymised> {
    const password_hash = await this.passwords.hash(PasswordHasher.randomPassword());
    const pseudonym = newPseudonym();
    const counts = await this.em.transactional(async () => {
      const user = await this.users.getById(context, userId);
      const isNeeded = user.role === 'admin' && user.is_active;
      if (isNeeded && (await this.users.countOtherAdministrators(context, user.id)) === 0) {
        throw organizationErrors.lastAdministrator();
      }
      return this.#takeOut(context, user, pseudonym, password_hash);
    });
    // Redis is outside of the transaction; a failure here is repaired by anonymising again.
    const jobs = await this.queue.renameActor(context.organizationId, userId, pseudonym);
    return { pseudonym, counts: jobs === 0 ? counts : { ...counts, jobs } };
  }

  async #takeOut(
    context: TenantContext,
    user: User,
    pseudonym: string,
    password_hash: string,
  ): Promise<Record<string, number>> {
    const { id, username, email } = user;
    const person = { id, username, email };
    const counts = await this.columns.anonymise(context, person, pseudonym);
    Object.assign(user, {
      username: pseudonym,
      email: '',
      password_hash,
      password_version: user.password_version + 1,
      must_change_password: true,
      is_active: false,
      last_login: null,
    });
    await this.em.flush();
    counts.users = 1;
    const scrub = scrubber(person, pseudonym, 'all');
    const redacted = await this.redaction.redact(context, { userId: id, scrub, pseudonym });
    if (redacted > 0) counts.audit_details = redacted;
    await this.audit.record(context, {
      action: 'anonymise_person',
      resource_type: 'user',
      resource_id: id,
      new_values: { pseudonym, counts },
    });
    return counts;
  }
}
