import { Migration } from '@mikro-orm/migrations';
import { SYSTEM_ROLE, tenantTableSql } from '../src/core/database/index.js';

const TENANT = (table: string) => `primary key ("organization_id", "id"),
        constraint "${table}_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade`;

/** Consents, processing records, retention policies, and deletion after a time to think it over. */
export class Migration20260113500000_privacy extends Migration {
  override up(): void {
    this.addSql(`
      create table "consents" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid not null,
        "purpose" varchar(100) not null,
        "version" varchar(50) not null,
        "is_given" boolean not null,
        "created_at" timestamptz not null default now(),
        ${TENANT('consents')})`);
    this.addSql(
      'create index "consents_user" on "consents" ("organization_id", "user_id", "created_at")',
    );
    this.addSql(`
      create table "processing_records" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "name" varchar(200) not null,
        "purpose" text not null,
        "legal_basis" text not null,
        "data_categories" text not null,
        "recipients" text not null,
        "retention" text not null,
        "created_by" uuid null,
        "created_at" timestamptz not null default now(),
        ${TENANT('processing_records')})`);
    this.addSql(`
      create table "retention_policies" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "data_class" varchar(40) not null,
        "days" int not null,
        constraint "retention_policies_class" unique ("organization_id", "data_class"),
        ${TENANT('retention_policies')})`);
    this.addSql(`
      create table "deletion_requests" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid null,
        "requested_by" uuid null,
        "requested_at" timestamptz not null default now(),
        "execute_after" timestamptz not null,
        "cancelled_at" timestamptz null,
        "executed_at" timestamptz null,
        "counts" jsonb null,
        ${TENANT('deletion_requests')})`);
    this.addSql(
      `create unique index "deletion_requests_open" on "deletion_requests"
         ("organization_id", coalesce("user_id", "organization_id"))
         where "cancelled_at" is null and "executed_at" is null`,
    );
    const append = ['select', 'insert'] as const;
    const tables: Parameters<typeof tenantTableSql>[0][] = [
      { tableName: 'consents', privileges: append },
      { tableName: 'processing_records', privileges: [...append, 'update'] },
      { tableName: 'retention_policies', privileges: [...append, 'update'] },
      {
        tableName: 'deletion_requests',
        privileges: [...append, 'update'],
        systemColumns: [
          'organization_id',
          'id',
          'user_id',
          'execute_after',
          'cancelled_at',
          'executed_at',
        ],
      },
    ];
    for (const table of tables) for (const sql of tenantTableSql(table)) this.addSql(sql);
    this.addSql(`
      create function deletion_is_due(organization uuid) returns boolean language sql stable
      set search_path = pg_catalog, pg_temp as $$
        select exists (
          select 1 from public.deletion_requests d
          where d.organization_id = organization and d.user_id is null
            and d.cancelled_at is null and d.execute_after <= now())
      $$`);
    // The database itself lets nobody delete an organization before its time.
    this.addSql(`create policy "organizations_system_delete" on "organizations" for delete
      to ${SYSTEM_ROLE} using (deletion_is_due(id))`);
    this.addSql(`grant delete on "organizations" to ${SYSTEM_ROLE}`);
  }

  override down(): void {
    this.addSql(`revoke delete on "organizations" from ${SYSTEM_ROLE}`);
    this.addSql('drop policy "organizations_system_delete" on "organizations"');
    this.addSql('drop function deletion_is_due(uuid)');
    for (const table of [
      'deletion_requests',
      'retention_policies',
      'processing_records',
      'consents',
    ]) {
      this.addSql(`drop table "${table}"`);
    }
  }
}
