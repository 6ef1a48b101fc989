import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Actor, createTenantContext } from '../context/index.js';
import { SystemSql, TenantScope } from '../database/index.js';
import { AuditTrail } from './audit-trail.js';

/** Longer than any request takes: one that still runs settles itself. */
const SILENT_SECONDS = 2 * 3600;
const AT_ONCE = 500;

interface LostCall {
  readonly id: string;
  readonly actor_kind: Actor['kind'];
  readonly user_id: string | null;
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly correlation_id: string;
  readonly content: string;
}

/** Calls that began and never ended, because their process did. */
@Injectable()
export class LostCalls {
  constructor(
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly em: EntityManager,
    private readonly trail: AuditTrail,
  ) {}

  /** Enters them into the log with result `unknown`. Answers how many. Safe to run in several processes. */
  async settle(silentSeconds = SILENT_SECONDS): Promise<number> {
    const organizations = await this.system.query<{ organization_id: string }>(
      `select distinct organization_id from audit_intents
       where created_at < now() - make_interval(secs => $1)`,
      [silentSeconds],
    );
    let settled = 0;
    for (const { organization_id } of organizations) {
      settled += await this.#settleOf(organization_id, silentSeconds);
    }
    return settled;
  }

  #settleOf(organizationId: string, silentSeconds: number): Promise<number> {
    const reader = createTenantContext({
      organizationId,
      actor: { kind: 'system', id: null, name: 'lost calls' },
      role: 'admin',
    });
    return this.scope.run(reader, () =>
      this.em.transactional(async (em) => {
        const calls = await em.execute<LostCall[]>(
          `select id, actor_kind, user_id, action, resource_type, resource_id, correlation_id, content
           from audit_intents
           where organization_id = ? and created_at < now() - make_interval(secs => ?)
           order by created_at, id limit ${AT_ONCE} for update skip locked`,
          [organizationId, silentSeconds],
        );
        for (const call of calls) {
          const context = createTenantContext({
            organizationId,
            actor: {
              kind: call.actor_kind,
              id: call.user_id,
              name: '',
            },
            role: 'admin',
            correlationId: call.correlation_id,
          });
          const { action, resource_type, resource_id } = call;
          const outcome = { result: 'unknown', code: null } as const;
          await this.trail.append(
            context,
            call.id,
            { action, resource_type, resource_id, outcome },
            call.content,
          );
        }
        return calls.length;
      }),
    );
  }
}
