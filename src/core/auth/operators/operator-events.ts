import { randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../logging/index.js';
import { OperatorEvent } from './operator-event.entity.js';

export interface OperatorAction {
  readonly operator: string;
  /** Verb and noun: `disable_operator`. */
  readonly action: string;
  readonly subject?: string | null;
  readonly organizationId?: string | null;
  /** Default: succeeded. */
  readonly outcome?: { readonly result: string; readonly code: string | null };
  readonly ip?: string | null;
  readonly correlationId: string;
}

/** Who has a shell on the installation is not known by name. */
export const COMMAND_LINE = 'command line';

const LONGEST_SUBJECT = 255;

/** What operators do: in a table nobody may change, and in the log, which leaves this machine. */
@Injectable()
export class OperatorEvents {
  constructor(
    private readonly em: EntityManager,
    private readonly logger: Logger,
  ) {}

  async record(action: OperatorAction): Promise<void> {
    const { result, code } = action.outcome ?? { result: 'succeeded', code: null };
    const { operator } = action;
    const event = {
      operator,
      action: action.action,
      subject: action.subject?.slice(0, LONGEST_SUBJECT) ?? null,
      organization_id: action.organizationId ?? null,
      result,
      code,
      correlation_id: action.correlationId,
    };
    this.logger.write(result === 'succeeded' ? 'info' : 'warn', 'an operator acted', event);
    const ip = action.ip ?? null;
    await this.em.fork().insert(OperatorEvent, { id: randomUUIDv7(), ...event, ip });
  }

  /** The newest first. */
  list(limit: number): Promise<OperatorEvent[]> {
    const newest = { created_at: 'desc', id: 'desc' } as const;
    return this.em.fork().find(OperatorEvent, {}, { orderBy: newest, limit });
  }
}
