import { OptionalProps, type Ref } from '@mikro-orm/core';
import { Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { Environment } from '../environments/index.js';
import { type LastRead, SOURCE_KINDS, type SourceKind, type SourceOptions } from './iac-choices.js';

/** One place where an environment's declared state is written down. */
@TenantEntity({ tableName: 'iac_sources' })
@Unique({ properties: ['organization_id', 'environment', 'name'] })
export class IacSource extends TenantOwnedEntity {
  [OptionalProps]?:
    'created_at' | 'updated_at' | 'kind' | 'path' | 'url' | 'last_read' | 'options' | 'version';

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

  /** `upload`, `path`, or the kind of store a URL names. */
  @Property({ type: 'text' })
  location!: string;

  /** File or folder; null for the others. */
  @Property({ type: 'text', nullable: true })
  path: string | null = null;

  /** Where a store keeps it; carries no credential. Null for the others. */
  @Property({ type: 'text', nullable: true })
  url: string | null = null;

  @Property({ type: 'jsonb', nullable: true })
  last_read: LastRead | null = null;

  /** Facts about the target that the content leaves open. */
  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  options: SourceOptions = {};

  @Property({ type: 'integer', version: true })
  version!: number;
}
