import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Sources of declared state, their sealed documents, and the resources found in them. */
export class Migration20260103000000_iac extends Migration {
  override up(): void {
    this.#iacSources();
    this.#iacDocuments();
    this.#iacDocumentPieces();
    this.#iacResources();
  }

  override down(): void {
    for (const table of ['iac_resources', 'iac_document_pieces', 'iac_documents', 'iac_sources']) {
      this.addSql(`drop table "${table}"`);
    }
  }

  #iacSources(): void {
    this.addSql(`
      create table "iac_sources" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid not null,
        "name" text not null,
        "kind" text not null default 'auto',
        "location" text not null,
        "path" text null,
        "options" jsonb not null default '{}',
        "version" int not null default 1,
        primary key ("organization_id", "id"),
        constraint "iac_sources_organization_id_environment_id_name_unique" unique ("organization_id", "environment_id", "name"),
        constraint "iac_sources_kind_check" check ("kind" in ('auto', 'terraform_state', 'terraform_plan', 'cloudformation', 'kubernetes_manifests')),
        constraint "iac_sources_location_check" check ("location" in ('upload', 'path')),
        constraint "iac_sources_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "iac_sources_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'iac_sources' })) this.addSql(sql);
  }

  #iacDocuments(): void {
    this.addSql(`
      create table "iac_documents" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "source_id" uuid not null,
        "name" text not null,
        "size" bigint not null,
        "pieces" int not null,
        "content_hash" text not null,
        "resources" int not null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        primary key ("organization_id", "id"),
        constraint "iac_documents_organization_id_source_id_unique" unique ("organization_id", "source_id"),
        constraint "iac_documents_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "iac_documents_organization_id_source_id_foreign" foreign key ("organization_id", "source_id")
          references "iac_sources" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'iac_documents' })) this.addSql(sql);
  }

  #iacDocumentPieces(): void {
    this.addSql(`
      create table "iac_document_pieces" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "document_id" uuid not null,
        "position" int not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "iac_document_pieces_organization_id_document_id_position_unique" unique ("organization_id", "document_id", "position"),
        constraint "iac_document_pieces_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "iac_document_pieces_organization_id_document_id_foreign" foreign key ("organization_id", "document_id")
          references "iac_documents" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'iac_document_pieces' })) this.addSql(sql);
  }

  #iacResources(): void {
    this.addSql(`
      create table "iac_resources" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid not null,
        "source_id" uuid not null,
        "address" text not null,
        "provider" text not null,
        "resource_type" text not null,
        "resource_id" text null,
        "name" text null,
        "attributes" text not null,
        "content_hash" text not null,
        "location_file" text not null,
        "location_line" int null,
        "account_id" text null,
        "region" text null,
        "namespace" text null,
        primary key ("organization_id", "id"),
        constraint "iac_resources_organization_id_source_id_address_unique" unique ("organization_id", "source_id", "address"),
        constraint "iac_resources_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "iac_resources_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade,
        constraint "iac_resources_organization_id_source_id_foreign" foreign key ("organization_id", "source_id")
          references "iac_sources" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "iac_resources_organization_id_environment_id_resou_aae72_index"
        on "iac_resources" ("organization_id", "environment_id", "resource_type")`);
    for (const sql of tenantTableSql({ tableName: 'iac_resources' })) this.addSql(sql);
  }
}
