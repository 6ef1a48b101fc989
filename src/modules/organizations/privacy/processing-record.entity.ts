import type { Opt } from '@mikro-orm/core';
import { Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';

/** One line of the organization's register of processing activities, Art. 30 GDPR. */
@TenantEntity<typeof ProcessingRecord>({ tableName: 'processing_records' })
export class ProcessingRecord extends TenantRow {
  @Property({ type: 'string', length: 200 })
  name!: string;

  @Property({ type: 'text' })
  purpose!: string;

  @Property({ type: 'text' })
  legal_basis!: string;

  @Property({ type: 'text' })
  data_categories!: string;

  @Property({ type: 'text' })
  recipients!: string;

  @Property({ type: 'text' })
  retention!: string;

  @Property({ type: 'uuid', nullable: true })
  created_by: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
