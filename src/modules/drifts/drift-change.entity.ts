import type { Ref } from '@mikro-orm/core';
import { Enum, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import type { Attribution, JsonValue } from '../../core/providers/index.js';
import {
  CHANGE_TYPES,
  type ChangeType,
  DRIFT_VERDICTS,
  type DriftVerdict,
} from './drift-choices.js';
import { DriftEvent } from './drift-event.entity.js';

/** One property of a drifted resource that differs. */
@TenantEntity({ tableName: 'drift_changes' })
@Index({ properties: ['organization_id', 'drift_event'] })
export class DriftChange extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => DriftEvent,
    ref: true,
    joinColumns: ['organization_id', 'drift_event_id'],
    ownColumns: ['drift_event_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  drift_event!: Ref<DriftEvent>;

  /** In the words of the code: `ingress[0].cidr_blocks`; empty for the resource as a whole. */
  @Property({ type: 'text' })
  property_path!: string;

  /** The same place in the provider's words. */
  @Property({ type: 'text' })
  actual_path!: string;

  /** Null when absent; a secret is `{ "$sensitive": "<keyed hash>" }`. */
  @Property({ type: 'json', columnType: 'json', nullable: true })
  declared_value: JsonValue = null;

  @Property({ type: 'json', columnType: 'json', nullable: true })
  actual_value: JsonValue = null;

  @Enum({ items: [...CHANGE_TYPES] })
  change_type!: ChangeType;

  @Enum({ items: [...DRIFT_VERDICTS] })
  verdict!: DriftVerdict;

  @Property({ type: 'boolean', default: false })
  is_security_critical = false;

  /** The rule that decided; null for a plain difference. */
  @Property({ type: 'text', nullable: true })
  rule: string | null = null;

  /** One sentence a reader can check. */
  @Property({ type: 'text' })
  explanation!: string;

  /** Why it matters for security; null when no rule knows. */
  @Property({ type: 'text', nullable: true })
  security_reason: string | null = null;

  /** Who most likely made the change; null while nobody knows. */
  @Property({ type: 'jsonb', nullable: true })
  attribution: Attribution | null = null;
}
