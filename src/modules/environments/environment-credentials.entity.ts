import { ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/core';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { Environment } from './environment.entity.js';

/** The sealed credentials of an environment, in a table of their own so that no list can carry them along. */
@TenantEntity({ tableName: 'environment_credentials' })
@Unique({ properties: ['organization_id', 'environment'] })
export class EnvironmentCredentials extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

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
