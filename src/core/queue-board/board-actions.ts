import { Injectable } from '@nestjs/common';
import type { Job } from 'bull';
import { type AuditEntry, AuditTrail } from '../audit/index.js';
import { OperatorEvents } from '../auth/index.js';
import { createSystemContext } from '../context/index.js';
import { SystemSql, TenantScope } from '../database/index.js';
import type { JobEnvelope } from '../queue/job-envelope.js';

export type BoardAction = 'retry_job' | 'remove_job';

/** What is done to which job, by whom. */
export interface BoardCall {
  readonly action: BoardAction;
  readonly queue: string;
  readonly job: Job<JobEnvelope>;
  readonly operator: string;
  readonly correlationId: string;
}

interface Answer {
  readonly status?: number;
}

const FIRST_REFUSAL = 400;
const FIRST_FAILURE = 500;

/** Carries out what an operator does to a job; it stands in the audit log of whose job it is, and among the operator's events. */
@Injectable()
export class BoardActions {
  constructor(
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
    private readonly events: OperatorEvents,
  ) {}

  /** Noted before it is done, so that the end of the process in between loses nothing. */
  async perform<T extends Answer>(call: BoardCall, work: () => Promise<T>): Promise<T> {
    const organizationId = await this.#organizationOf(call.job);
    const settle = organizationId === null ? null : await this.#begin(call, organizationId);
    let outcome = outcomeOf(FIRST_FAILURE);
    try {
      const answer = await work();
      outcome = outcomeOf(answer.status ?? 200);
      return answer;
    } finally {
      await settle?.(outcome);
      await this.events.record({
        operator: call.operator,
        action: call.action,
        subject: `${call.queue}/${call.job.id}`,
        organizationId,
        outcome,
        correlationId: call.correlationId,
      });
    }
  }

  async #begin(call: BoardCall, organizationId: string) {
    const { action, queue, job, operator, correlationId } = call;
    const context = createSystemContext(organizationId, `operator ${operator}`, correlationId);
    const entry: AuditEntry = {
      action,
      resource_type: 'job',
      resource_id: String(job.id),
      new_values: { queue, job: job.name },
    };
    const begun = await this.scope.run(context, () => this.audit.begin(context, entry));
    if (begun === null) return null;
    return (outcome: NonNullable<AuditEntry['outcome']>) =>
      this.scope.run(context, () => this.audit.finish(context, begun, { outcome }));
  }

  /** Null for a job of an organization that is gone: its audit log went with it. */
  async #organizationOf(job: Job<JobEnvelope>): Promise<string | null> {
    const [found] = await this.system.query<{ id: string }>(
      'select id from organizations where id::text = $1',
      [job.data.organization_id],
    );
    return found?.id ?? null;
  }
}

function outcomeOf(status: number): NonNullable<AuditEntry['outcome']> {
  if (status < FIRST_REFUSAL) return { result: 'succeeded', code: null };
  const result = status < FIRST_FAILURE ? 'refused' : 'failed';
  return { result, code: `HTTP.${status}` };
}
