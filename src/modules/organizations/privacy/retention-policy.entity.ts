import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';
import type { DataClass } from './retention-classes.js';

/** How long an organization keeps a class of data, where it is not the default. */
@TenantEntity<typeof RetentionPolicy>({ tableName: 'retention_policies' })
@Unique({ name: 'retention_policies_class', properties: ['organization_id', 'data_class'] })
export class RetentionPolicy extends TenantRow {
  @Property({ type: 'string', length: 40 })
  data_class!: DataClass;

  @Property({ type: 'integer' })
  days!: number;
}
