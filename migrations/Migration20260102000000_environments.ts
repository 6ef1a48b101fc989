import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Environments and, apart from them, their sealed credentials. */
export class Migration20260102000000_environments extends Migration {
  override up(): void {
    this.#environments();
    this.#environmentCredentials();
  }

  override down(): void {
    for (const table of ['environment_credentials', 'environments']) {
      this.addSql(`drop table "${table}"`);
    }
  }

  #environments(): void {
    this.addSql(`
      create table "environments" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "name" text not null,
        "description" text not null default '',
        "provider" text not null,
        "cloud_settings" jsonb not null default '{}',
        "criticality" text not null default 'medium',
        "is_production" boolean not null default false,
        "is_active" boolean not null default true,
        "version" int not null default 1,
        primary key ("organization_id", "id"),
        constraint "environments_organization_id_name_unique" unique ("organization_id", "name"),
        constraint "environments_provider_check" check ("provider" in ('aws', 'gcp', 'azure', 'kubernetes')),
        constraint "environments_criticality_check" check ("criticality" in ('low', 'medium', 'high', 'critical')),
        constraint "environments_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'environments' })) this.addSql(sql);
  }

  #environmentCredentials(): void {
    this.addSql(`
      create table "environment_credentials" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid not null,
        "field_names" jsonb not null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "environment_credentials_organization_id_environment_id_unique" unique ("organization_id", "environment_id"),
        constraint "environment_credentials_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "environment_credentials_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'environment_credentials' })) this.addSql(sql);
  }
}
