import { OptionalProps, type Ref } from '@mikro-orm/core';
import { Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../../core/database/index.js';
import type { Provider } from '../../../core/providers/index.js';
import { Environment } from '../../environments/index.js';
import type { Ignorable } from '../engine/index.js';

/** A difference somebody decided not to hear about, in one environment or in all; see the engine's `IgnoreRule`. */
@TenantEntity({ tableName: 'ignore_rules' })
@Index({ properties: ['organization_id', 'environment', 'position', 'id'] })
export class StoredIgnoreRule extends TenantOwnedEntity {
  [OptionalProps]?: 'created_at' | 'updated_at' | 'version';

  /** Null: every environment. */
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    nullable: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment: Ref<Environment> | null = null;

  /** Rules apply in this order; a later one may take back what an earlier one silenced. */
  @Property({ type: 'integer' })
  position!: number;

  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  providers: Provider[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  types: string[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  addresses: string[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  ids: string[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  tags: Record<string, string> = {};

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  actors: string[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  paths: string[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  silences: Ignorable[] = [];

  @Property({ type: 'boolean', default: false })
  negated = false;

  /** Why, for whoever wonders later. */
  @Property({ type: 'text', default: '' })
  reason = '';

  /** File it was imported from; null when it was made through the API. */
  @Property({ type: 'text', nullable: true })
  imported_from: string | null = null;

  /** Where it stands in that file: `.driftignore:3`. */
  @Property({ type: 'text', nullable: true })
  origin: string | null = null;

  /** The user; null for the system. */
  @Property({ type: 'uuid', nullable: true })
  created_by: string | null = null;

  /** From then on it silences nothing; null for never. */
  @Property({ type: 'timestamptz', nullable: true })
  expires_at: Date | null = null;

  @Property({ type: 'integer', version: true })
  version!: number;
}
