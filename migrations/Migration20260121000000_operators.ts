import { Migration } from '@mikro-orm/migrations';
import { platformTableSql } from '../src/core/database/index.js';

/** Who runs the installation, and what they did. */
export class Migration20260121000000_operators extends Migration {
  override up(): void {
    this.addSql(`
      create table "operators" (
        "id" uuid not null,
        "name" varchar(60) not null,
        "created_at" timestamptz not null default now(),
        "disabled_at" timestamptz null,
        "token_hash" varchar(64) not null,
        "last_step" int not null default 0,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("id"),
        constraint "operators_name" unique ("name"),
        constraint "operators_token_hash" unique ("token_hash")
      )`);
    // Never deleted: the events name them.
    for (const sql of platformTableSql('operators', ['select', 'insert', 'update'])) {
      this.addSql(sql);
    }
    this.addSql(`
      create table "operator_events" (
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "operator" varchar(60) not null,
        "action" varchar(100) not null,
        "subject" varchar(255) null,
        "organization_id" uuid null,
        "result" varchar(20) not null,
        "code" varchar(100) null,
        "ip" inet null,
        "correlation_id" varchar(100) not null,
        primary key ("id")
      )`);
    this.addSql('create index "operator_events_newest" on "operator_events" ("created_at", "id")');
    for (const sql of platformTableSql('operator_events', ['select', 'insert'])) this.addSql(sql);
    this.addSql(`
      create trigger operator_events_append_only before update or delete or truncate on "operator_events"
      for each statement execute function refuse_audit_change()`);
  }

  override down(): void {
    this.addSql('drop table "operator_events"');
    this.addSql('drop table "operators"');
  }
}
