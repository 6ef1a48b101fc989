import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Sources that live in a store (S3, PostgreSQL, a cluster…): where, what was read last, and their own sealed credentials. */
export class Migration20260113000000_state_sources extends Migration {
  override up(): void {
    // Which kinds of places there are is the code's to say.
    this.addSql('alter table "iac_sources" drop constraint "iac_sources_location_check"');
    this.addSql(
      'alter table "iac_sources" add column "url" text null, add column "last_read" jsonb null',
    );
    this.addSql(`
      create table "iac_source_credentials" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "source_id" uuid not null,
        "field_names" jsonb not null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "iac_source_credentials_organization_id_source_id_unique" unique ("organization_id", "source_id"),
        constraint "iac_source_credentials_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "iac_source_credentials_organization_id_source_id_foreign" foreign key ("organization_id", "source_id")
          references "iac_sources" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'iac_source_credentials' })) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table "iac_source_credentials"');
    this.addSql('delete from "iac_sources" where "url" is not null');
    this.addSql('alter table "iac_sources" drop column "url", drop column "last_read"');
    this.addSql(
      `alter table "iac_sources" add constraint "iac_sources_location_check" check ("location" in ('upload', 'path'))`,
    );
  }
}
