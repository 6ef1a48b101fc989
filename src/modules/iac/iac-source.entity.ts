import { OptionalProps, type Ref } from '@mikro-orm/core';
import { Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { Environment } from '../environments/index.js';
import {
  SOURCE_KINDS,
  SOURCE_LOCATIONS,
  type SourceKind,
  type SourceLocationKind,
  type SourceOptions,
} from './iac-choices.js';

/** One place where an environment's declared state is written down. */
@TenantEntity({ tableName: 'iac_sources' })
@Unique({ properties: ['organization_id', 'environment', 'name'] })
export class IacSource extends TenantOwnedEntity {
  [OptionalProps]?: 'created_at' | 'updated_at' | 'kind' | 'path' | 'options' | 'version';

  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

  @Property({ type: 'text' })
  name!: string;

  @Enum({ items: [...SOURCE_KINDS], default: 'auto' })
  kind: SourceKind = 'auto';

  @Enum({ items: [...SOURCE_LOCATIONS] })
  location!: SourceLocationKind;

  /** File or folder; null for an upload. */
  @Property({ type: 'text', nullable: true })
  path: string | null = null;

  /** Facts about the target that the content leaves open. */
  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  options: SourceOptions = {};

  @Property({ type: 'integer', version: true })
  version!: number;
}
