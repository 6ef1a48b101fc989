import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Ignore rules, and what a scan passed over. */
export class Migration20260106000000_ignore_rules extends Migration {
  override up(): void {
    this.addSql(`
      create table "ignore_rules" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid null,
        "position" int not null,
        "name" text not null,
        "providers" jsonb not null default '[]',
        "types" jsonb not null default '[]',
        "addresses" jsonb not null default '[]',
        "ids" jsonb not null default '[]',
        "tags" jsonb not null default '{}',
        "actors" jsonb not null default '[]',
        "paths" jsonb not null default '[]',
        "silences" jsonb not null default '[]',
        "negated" boolean not null default false,
        "reason" text not null default '',
        "imported_from" text null,
        "origin" text null,
        "created_by" uuid null,
        "expires_at" timestamptz null,
        "version" int not null default 1,
        primary key ("organization_id", "id"),
        constraint "ignore_rules_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "ignore_rules_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "ignore_rules_organization_id_environment_id_position_id_index"
        on "ignore_rules" ("organization_id", "environment_id", "position", "id")`);
    for (const sql of tenantTableSql({ tableName: 'ignore_rules' })) this.addSql(sql);
    this.addSql(`
      alter table "scan_runs"
        add column "passed_over" jsonb not null default '[]',
        add column "unused_ignore_rules" jsonb not null default '[]'`);
  }

  override down(): void {
    this.addSql(
      'alter table "scan_runs" drop column "passed_over", drop column "unused_ignore_rules"',
    );
    this.addSql('drop table "ignore_rules"');
  }
}
