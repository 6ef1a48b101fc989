import type { Ref } from '@mikro-orm/core';
import { ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import type { Coverage } from '../../core/providers/index.js';
import { ScanRun } from './scan-run.entity.js';

/** A (type, account, region) that a running scan has read completely. Gone when the scan ends. */
@TenantEntity({ tableName: 'scan_parts', systemMayRead: true })
@Unique({ properties: ['organization_id', 'scan', 'part'] })
export class ScanPart extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => ScanRun,
    ref: true,
    joinColumns: ['organization_id', 'scan_id'],
    ownColumns: ['scan_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  scan!: Ref<ScanRun>;

  /** `partKey` of its coverage. */
  @Property({ type: 'text' })
  part!: string;

  /** Hash of what the scan was to read; a part of another scope is not used. */
  @Property({ type: 'text' })
  scope!: string;

  @Property({ type: 'jsonb' })
  coverage!: Coverage;

  /** How many pieces hold its resources; with one missing the part is read again. */
  @Property({ type: 'integer' })
  pieces!: number;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;
}

/** Resources of a part, sealed: values that are secret are among them, and comparing needs them as they are. */
@TenantEntity({ tableName: 'scan_part_pieces' })
@Unique({ properties: ['organization_id', 'scan', 'part_id', 'position'] })
export class ScanPartPiece extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => ScanRun,
    ref: true,
    joinColumns: ['organization_id', 'scan_id'],
    ownColumns: ['scan_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  scan!: Ref<ScanRun>;

  /** No foreign key: the part is written when it is complete, after its pieces. */
  @Property({ type: 'uuid' })
  part_id!: string;

  @Property({ type: 'integer' })
  position!: number;

  @Property({ type: 'blob' })
  sealed!: Buffer;
}
