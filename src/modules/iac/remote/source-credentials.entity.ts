import type { Ref } from '@mikro-orm/core';
import { ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../../core/database/index.js';
import { IacSource } from '../iac-source.entity.js';

/** The sealed credentials of a source, apart from those of the cloud and in a table of their own so that no list can carry them along. */
@TenantEntity({ tableName: 'iac_source_credentials' })
@Unique({ properties: ['organization_id', 'source'] })
export class IacSourceCredentials extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => IacSource,
    ref: true,
    joinColumns: ['organization_id', 'source_id'],
    ownColumns: ['source_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  source!: Ref<IacSource>;

  /** Names of the fields inside, so that people see what is set; never values. */
  @Property({ type: 'jsonb' })
  field_names: string[] = [];

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;

  @Property({ type: 'blob' })
  sealed!: Buffer;
}
