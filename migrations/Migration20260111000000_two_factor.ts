import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Second factors of users, their recovery codes, when a session proved one last, and who must have one. */
export class Migration20260111000000_two_factor extends Migration {
  override up(): void {
    this.addSql(`
      create table "two_factors" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid not null,
        "created_at" timestamptz not null default now(),
        "confirmed_at" timestamptz null,
        "last_step" int not null default 0,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "two_factors_user" unique ("organization_id", "user_id"),
        constraint "two_factors_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(`
      create table "recovery_codes" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid not null,
        "code_hash" varchar(64) not null,
        "created_at" timestamptz not null default now(),
        "used_at" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "recovery_codes_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(
      'create index "recovery_codes_user" on "recovery_codes" ("organization_id", "user_id")',
    );
    for (const tableName of ['two_factors', 'recovery_codes']) {
      for (const sql of tenantTableSql({ tableName })) this.addSql(sql);
    }
    this.addSql('alter table "sessions" add column "stepped_up_at" timestamptz null');
    this.addSql(
      'alter table "organization_settings" add column "two_factor_required" boolean not null default false',
    );
  }

  override down(): void {
    this.addSql('alter table "organization_settings" drop column "two_factor_required"');
    this.addSql('alter table "sessions" drop column "stepped_up_at"');
    for (const table of ['recovery_codes', 'two_factors']) this.addSql(`drop table "${table}"`);
  }
}
