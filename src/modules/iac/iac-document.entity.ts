import type { Ref } from '@mikro-orm/core';
import { ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { IacSource } from './iac-source.entity.js';

/** The content of an uploaded source. Its bytes rest in pieces, each sealed under the document's own data key. */
@TenantEntity({ tableName: 'iac_documents' })
@Unique({ properties: ['organization_id', 'source'] })
export class IacDocument extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => IacSource,
    ref: true,
    joinColumns: ['organization_id', 'source_id'],
    ownColumns: ['source_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  source!: Ref<IacSource>;

  /** File name as the user knows it. */
  @Property({ type: 'text' })
  name!: string;

  /** Bytes before sealing. */
  @Property({ type: 'bigint' })
  size!: string;

  @Property({ type: 'integer' })
  pieces!: number;

  /** Keyed hash of the content, so that uploading the same again is seen; hex. */
  @Property({ type: 'text' })
  content_hash!: string;

  /** Resources found when it was checked. */
  @Property({ type: 'integer' })
  resources!: number;

  /** Of a raw Terraform state: which history it belongs to. Null for everything else. */
  @Property({ type: 'text', nullable: true })
  lineage: string | null = null;

  /** Of a raw Terraform state: its place in that history. */
  @Property({ type: 'bigint', nullable: true })
  serial: string | null = null;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;
}

@TenantEntity({ tableName: 'iac_document_pieces' })
@Unique({ properties: ['organization_id', 'document', 'position'] })
export class IacDocumentPiece extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => IacDocument,
    ref: true,
    joinColumns: ['organization_id', 'document_id'],
    ownColumns: ['document_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  document!: Ref<IacDocument>;

  @Property({ type: 'integer' })
  position!: number;

  @Property({ type: 'blob' })
  sealed!: Buffer;
}
