import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { isIP } from 'node:net';
import type { TenantContext } from '../context/index.js';
import { maskSecrets } from '../logging/index.js';
import { AuditLog } from './audit-log.entity.js';
import { AuditPolicy } from './audit-policy.js';

type Values = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  /** Verb and noun: `resolve_drift`. */
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id?: string | null;
  readonly old_values?: Values | null;
  readonly new_values?: Values | null;
  readonly ip?: string | null;
}

/** Adds to the audit log. HTTP calls are recorded by the interceptor; jobs and commands call this themselves. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly em: EntityManager,
    private readonly policy: AuditPolicy,
  ) {}

  /** Part of the current transaction, if there is one. Values under secret names are masked. */
  async record(context: TenantContext, entry: AuditEntry): Promise<void> {
    if (!(await this.policy.records(context, entry.resource_type))) return;
    await this.em.insert(AuditLog, {
      id: randomUUIDv7(),
      organization_id: context.organizationId,
      user_id: context.actor.id,
      username: context.actor.name,
      action: entry.action,
      resource_type: entry.resource_type,
      resource_id: entry.resource_id ?? null,
      old_values: masked(entry.old_values),
      new_values: masked(entry.new_values),
      correlation_id: context.correlationId,
      // A proxy may hand on anything as an address.
      ip: isIP(entry.ip ?? '') === 0 ? null : (entry.ip ?? null),
      created_at: new Date(),
    });
  }
}

function masked(values: Values | null | undefined): Record<string, unknown> | null {
  return values === null || values === undefined
    ? null
    : (maskSecrets(values) as Record<string, unknown>);
}
