import type { Ref } from '@mikro-orm/core';
import { Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../core/database/index.js';
import { Environment } from '../environments/index.js';
import { RECOLLECTION_KINDS, type RecollectionKind } from './detection/recollections.js';

/** Something a scan found out and leaves to the next one of the environment; may be lost at any time. */
@TenantEntity({ tableName: 'scan_recollections' })
@Unique({ properties: ['organization_id', 'environment', 'kind', 'key'] })
export class ScanRecollection extends TenantRow {
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

  @Enum({ items: [...RECOLLECTION_KINDS] })
  kind!: RecollectionKind;

  /** Hashes over everything it depends on. */
  @Property({ type: 'text' })
  key!: string;

  /** JSON; holds no secret. */
  @Property({ type: 'text' })
  value!: string;
}
