import { randomUUIDv7 } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { platformPolicies } from '../../database/index.js';

/** What an operator did, or somebody on the command line did to operators. Rows are only ever added: grants and a trigger see to it. */
@Entity({
  tableName: 'operator_events',
  rowLevelSecurity: 'force',
  policies: platformPolicies('operator_events'),
})
@Index({ name: 'operator_events_newest', properties: ['created_at', 'id'] })
export class OperatorEvent {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUIDv7();

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  /** The name; `command line` for who has a shell on the installation. */
  @Property({ type: 'string', length: 60 })
  operator!: string;

  /** Verb and noun: `retry_job`. */
  @Property({ type: 'string', length: 100 })
  action!: string;

  /** What it was done to: the name of an operator, the id of a job. */
  @Property({ type: 'string', length: 255, nullable: true })
  subject: string | null = null;

  /** Whose job it was. No foreign key: the event outlives the organization. */
  @Property({ type: 'uuid', nullable: true })
  organization_id: string | null = null;

  /** As in the audit log: succeeded, refused, failed. */
  @Property({ type: 'string', length: 20 })
  result!: string;

  /** The error code of what did not succeed. */
  @Property({ type: 'string', length: 100, nullable: true })
  code: string | null = null;

  @Property({ type: 'inet', nullable: true })
  ip: string | null = null;

  @Property({ type: 'string', length: 100 })
  correlation_id!: string;
}
