import { Injectable } from '@nestjs/common';
import { AuditReader } from '../../../core/audit/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantSql } from '../../../core/database/index.js';
import { DATA_MAP, type TableData } from '../../../core/privacy/index.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';

const PAGE = 1000;
const FORMAT = 'driftguard/personal-data/1';

/** Everything an organization has about one person, as one JSON document. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly sql: TenantSql,
    private readonly users: UserRepository,
    private readonly audit: AuditReader,
  ) {}

  /**
   * The text of the archive in pieces. Secrets and their hashes are not in it.
   *
   * @throws DomainError `USER.NOT_FOUND` before the first piece
   */
  async exportOf(context: TenantContext, userId: string): Promise<AsyncGenerator<string>> {
    return this.#archive(context, await this.users.getById(context, userId));
  }

  async *#archive(context: TenantContext, user: User): AsyncGenerator<string> {
    const head = { format: FORMAT, exported_at: new Date().toISOString(), user_id: user.id };
    yield `${JSON.stringify(head).slice(0, -1)},"data":{`;
    for (const data of DATA_MAP) {
      if ((data.people ?? []).length === 0 || data.table === 'audit_logs') continue;
      yield `${JSON.stringify(data.table)}:{"about":${JSON.stringify(data.about)},"rows":[`;
      yield* list(this.#rows(context, data, user));
      yield ']},';
    }
    yield '"audit_logs":{"about":"What this person did","rows":[';
    yield* list(this.audit.all(context, { user_id: user.id }));
    yield ']},"audit_logs_about":{"about":"What was done to this account","rows":[';
    yield* list(this.audit.all(context, { resource_type: 'user', resource_id: user.id }));
    yield ']}}}\n';
  }

  async *#rows(context: TenantContext, data: TableData, user: User): AsyncGenerator {
    const conditions = (data.people ?? []).map((column) => `"${column}" = $2`);
    const byAddress = data.table === 'account_links' && user.email !== '';
    if (byAddress) conditions.push('lower(email) = lower($5)', 'lower(previous_email) = lower($5)');
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows: { id: string; row: unknown }[] = await this.sql.read(
        context,
        `select id, to_jsonb(t) - $4::text[] as row from "${data.table}" t
         where organization_id = $1 and id > $3 and (${conditions.join(' or ')})
         order by id limit ${PAGE}`,
        [
          context.organizationId,
          user.id,
          after,
          [...(data.secret ?? []), ...(data.mirrored ?? [])],
          ...(byAddress ? [user.email] : []),
        ],
      );
      for (const { row } of rows) yield row;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.id;
    }
  }
}

async function* list(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '';
  for await (const value of values) {
    yield `${separator}${JSON.stringify(value)}`;
    separator = ',';
  }
}
