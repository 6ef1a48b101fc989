import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Programs that call the API, and the keys of programs and people. */
export class Migration20260116000000_api_keys extends Migration {
  override up(): void {
    this.addSql(`
      create table "service_accounts" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "name" varchar(100) not null,
        "description" varchar(500) not null default '',
        "role" varchar(20) not null,
        "is_active" boolean not null default true,
        "created_by" uuid null,
        primary key ("organization_id", "id"),
        constraint "service_accounts_name" unique ("organization_id", "name"),
        constraint "service_accounts_role_check" check ("role" in ('viewer', 'editor', 'admin')),
        constraint "service_accounts_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(`
      create table "api_keys" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid null,
        "service_account_id" uuid null,
        "name" varchar(100) not null,
        "secret_hash" varchar(64) not null,
        "scopes" jsonb not null,
        "source_id" uuid null,
        "session_method" varchar(40) null,
        "created_by" uuid null,
        "created_at" timestamptz not null default now(),
        "expires_at" timestamptz not null,
        "last_used_at" timestamptz null,
        "revoked_at" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "api_keys_one_owner" check ((user_id is null) <> (service_account_id is null)),
        constraint "api_keys_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql('create index "api_keys_user" on "api_keys" ("organization_id", "user_id")');
    this.addSql(
      'create index "api_keys_service_account" on "api_keys" ("organization_id", "service_account_id")',
    );
    for (const tableName of ['service_accounts', 'api_keys']) {
      for (const sql of tenantTableSql({ tableName })) this.addSql(sql);
    }
  }

  override down(): void {
    for (const table of ['api_keys', 'service_accounts']) this.addSql(`drop table "${table}"`);
  }
}
