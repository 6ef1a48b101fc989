import { randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../context/index.js';
import {
  type AuditEntry,
  type AuditOutcome,
  contentOf,
  detailsDigest,
  newSalt,
} from './audit-entry.js';
import { AuditPolicy } from './audit-policy.js';

const SUCCEEDED: AuditOutcome = { result: 'succeeded', code: null };

/** One statement, so that an entry is never without its details; a trigger puts the row into the chain. */
const APPEND = `
  with begun as (delete from audit_intents where organization_id = ? and id = ?),
  details as (
    insert into audit_details (organization_id, id, salt, content) values (?, ?, ?, ?)
  )
  insert into audit_logs (organization_id, id, actor_kind, user_id, action, resource_type,
    resource_id, result, code, correlation_id, details_digest)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const BEGIN = `
  insert into audit_intents (organization_id, id, actor_kind, user_id, action, resource_type,
    resource_id, correlation_id, content)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What stands in the log whatever became of the process: a call that has begun. */
export interface BegunCall {
  readonly id: string;
  readonly entry: AuditEntry;
}

/** Adds to the audit log. HTTP calls are recorded by the interceptor; jobs and commands call this themselves. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly em: EntityManager,
    private readonly policy: AuditPolicy,
  ) {}

  /**
   * Part of the current transaction, if there is one; entries of an organization wait for each other until it ends.
   * Answers the id of the entry, null where the organization does not want it.
   */
  async record(context: TenantContext, entry: AuditEntry): Promise<string | null> {
    if (!(await this.policy.records(context, entry.resource_type))) return null;
    const id = randomUUIDv7();
    await this.#append(context, id, entry);
    return id;
  }

  /** Before a change; null where the organization does not want it recorded. */
  async begin(context: TenantContext, entry: AuditEntry): Promise<BegunCall | null> {
    if (!(await this.policy.records(context, entry.resource_type))) return null;
    const id = randomUUIDv7();
    await this.em.execute(BEGIN, [
      context.organizationId,
      id,
      context.actor.kind,
      context.actor.id,
      entry.action,
      entry.resource_type,
      entry.resource_id ?? null,
      context.correlationId,
      plain(contentOf(context, entry)),
    ]);
    return { id, entry };
  }

  /** After it: `more` is what is known only now. */
  async finish(context: TenantContext, call: BegunCall, more: Partial<AuditEntry>): Promise<void> {
    await this.#append(context, call.id, { ...call.entry, ...more });
  }

  /** For who has the text already, as the recovery of lost calls has it. */
  async append(context: TenantContext, id: string, entry: AuditEntry, text: string): Promise<void> {
    const { organizationId, actor, correlationId } = context;
    const { result, code } = entry.outcome ?? SUCCEEDED;
    const [salt, content] = [newSalt(), plain(text)];
    await this.em.execute(APPEND, [
      ...[organizationId, id],
      ...[organizationId, id, salt, content],
      ...[organizationId, id, actor.kind, actor.id, entry.action, entry.resource_type],
      entry.resource_id ?? null,
      ...[result, code, correlationId, detailsDigest(salt, content)],
    ]);
  }

  #append(context: TenantContext, id: string, entry: AuditEntry): Promise<void> {
    return this.append(context, id, entry, contentOf(context, entry));
  }
}

/** PostgreSQL keeps no NUL in a text. */
function plain(content: string): string {
  return content.replaceAll('\\u0000', '');
}
