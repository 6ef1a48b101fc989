import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Answers to POSTs that may be sent again. */
export class Migration20260115000000_idempotency_keys extends Migration {
  override up(): void {
    this.addSql(`
      create table "idempotency_keys" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "principal" text not null,
        "key" text not null,
        "request_hash" bytea not null,
        "status" int null,
        "location" text null,
        "answer" bytea null,
        "expires_at" timestamptz not null,
        primary key ("organization_id", "id"),
        constraint "idempotency_keys_organization_id_principal_key_unique"
          unique ("organization_id", "principal", "key"),
        constraint "idempotency_keys_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'idempotency_keys' })) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table "idempotency_keys"');
  }
}
