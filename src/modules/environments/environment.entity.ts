import { OptionalProps } from '@mikro-orm/core';
import { Enum, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import {
  type CloudSettings,
  CRITICALITIES,
  type Criticality,
  ENVIRONMENT_PROVIDERS,
  type EnvironmentProvider,
  NO_CLOUD_SETTINGS,
} from './environment-choices.js';

/** One account, project, subscription or cluster whose live side is compared with code. */
@TenantEntity({ tableName: 'environments' })
@Unique({ properties: ['organization_id', 'name'] })
export class Environment extends TenantOwnedEntity {
  [OptionalProps]?:
    | 'created_at'
    | 'updated_at'
    | 'description'
    | 'cloud_settings'
    | 'criticality'
    | 'is_production'
    | 'is_active'
    | 'version';

  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text', default: '' })
  description = '';

  @Enum({ items: [...ENVIRONMENT_PROVIDERS] })
  provider!: EnvironmentProvider;

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  cloud_settings: CloudSettings = NO_CLOUD_SETTINGS;

  @Enum({ items: [...CRITICALITIES], default: 'medium' })
  criticality: Criticality = 'medium';

  @Property({ type: 'boolean', default: false })
  is_production = false;

  @Property({ type: 'boolean', default: true })
  is_active = true;

  @Property({ type: 'integer', version: true })
  version!: number;
}
