import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../context/index.js';
import {
  type AuditContent,
  detailsDigest,
  newSalt,
  readContent,
  writeContent,
} from './audit-entry.js';
import { AuditTrail } from './audit-trail.js';
import { REDACTION } from './audit-verification.js';

/** Whom to take out, and what to put there. */
export interface Redaction {
  readonly userId: string;
  /** A text without the person. */
  readonly scrub: (text: string) => string;
  readonly pseudonym: string;
}

interface Row {
  readonly id: string;
  readonly user_id: string | null;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly content: string;
}

const AT_ONCE = 500;

/**
 * Takes a person out of the details of all entries. The chain is not touched: an entry of its own says which details changed
 * and what their digests are now, so that nobody else can change details and call it that.
 */
@Injectable()
export class AuditRedaction {
  constructor(
    private readonly em: EntityManager,
    private readonly trail: AuditTrail,
  ) {}

  /** Part of the current transaction. Answers how many entries were changed. */
  async redact(context: TenantContext, redaction: Redaction): Promise<number> {
    let [after, changed] = ['00000000-0000-0000-0000-000000000000', 0];
    for (;;) {
      const rows = await this.em.execute<Row[]>(
        `select d.id, l.user_id, l.resource_type, l.resource_id, d.content from audit_details d
         join audit_logs l on l.organization_id = d.organization_id and l.id = d.id
         where d.organization_id = ? and d.id > ? order by d.id limit ${AT_ONCE}`,
        [context.organizationId, after],
      );
      changed += await this.#rewrite(context, redaction, rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return changed;
      after = last.id;
    }
  }

  async #rewrite(
    context: TenantContext,
    redaction: Redaction,
    rows: readonly Row[],
  ): Promise<number> {
    const digests: Record<string, string> = {};
    for (const row of rows) {
      const content = redacted(row, redaction);
      if (content === row.content) continue;
      const salt = newSalt();
      digests[row.id] = detailsDigest(salt, content);
      await this.em.execute(
        'update audit_details set salt = ?, content = ? where organization_id = ? and id = ?',
        [salt, content, context.organizationId, row.id],
      );
    }
    const count = Object.keys(digests).length;
    if (count === 0) return 0;
    await this.trail.record(context, {
      action: REDACTION,
      resource_type: 'user',
      resource_id: redaction.userId,
      new_values: { digests },
    });
    return count;
  }
}

function redacted(row: Row, { userId, scrub, pseudonym }: Redaction): string {
  const content = readContent(row.content);
  const own = row.user_id === userId;
  const clean: AuditContent = {
    actor: own ? pseudonym : scrub(content.actor),
    ip: own ? null : content.ip,
    user_agent: own ? null : content.user_agent,
    api_key_id: content.api_key_id,
    old_values: scrubbed(content.old_values, scrub),
    new_values: scrubbed(content.new_values, scrub),
  };
  return writeContent(clean);
}

function scrubbed(values: AuditContent['old_values'], scrub: Redaction['scrub']) {
  return values === null ? null : (scrubValue(values, scrub) as AuditContent['old_values']);
}

/** Every text in a value, the names of fields too. */
export function scrubValue(value: unknown, scrub: Redaction['scrub']): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((one) => scrubValue(one, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [scrub(name), scrubValue(one, scrub)]),
  );
}
