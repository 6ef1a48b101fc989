import type { Ref } from '@mikro-orm/core';
import { Index, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { Environment } from '../environments/index.js';
import { IacSource } from './iac-source.entity.js';

/** One resource as the code declares it, as of the last scan that read its source. */
@TenantEntity({ tableName: 'iac_resources' })
@Unique({ properties: ['organization_id', 'source', 'address'] })
@Index({ properties: ['organization_id', 'environment', 'resource_type'] })
export class IacResource extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

  @ManyToOne({
    entity: () => IacSource,
    ref: true,
    joinColumns: ['organization_id', 'source_id'],
    ownColumns: ['source_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  source!: Ref<IacSource>;

  @Property({ type: 'text' })
  address!: string;

  @Property({ type: 'text' })
  provider!: string;

  @Property({ type: 'text' })
  resource_type!: string;

  @Property({ type: 'text', nullable: true })
  resource_id: string | null = null;

  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  /** JSON kept as text: nothing queries inside it, and it loads three times faster than jsonb. Secrets are masked. */
  @Property({ type: 'text', lazy: true })
  attributes!: string;

  /** xxhash64 of the raw bytes, or of `attributes` where the source has none; unchanged resources are not rewritten. */
  @Property({ type: 'text' })
  content_hash!: string;

  @Property({ type: 'text' })
  location_file!: string;

  @Property({ type: 'integer', nullable: true })
  location_line: number | null = null;

  @Property({ type: 'text', nullable: true })
  account_id: string | null = null;

  @Property({ type: 'text', nullable: true })
  region: string | null = null;

  @Property({ type: 'text', nullable: true })
  namespace: string | null = null;
}
