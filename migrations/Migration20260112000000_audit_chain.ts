import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

const TENANT = (table: string) => `primary key ("organization_id", "id"),
        constraint "${table}_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade`;

/** The audit log as a chain of hashes per organization; what names people stands apart from it. */
export class Migration20260112000000_audit_chain extends Migration {
  override up(): void {
    this.#tables();
    this.#chaining();
    this.#moveEntries();
    this.#rights();
  }

  override down(): void {
    this.addSql('alter table "audit_logs" no force row level security');
    this.addSql('alter table "audit_details" no force row level security');
    this.addSql('drop policy "audit_logs_system" on "audit_logs"');
    this.addSql('drop policy "audit_logs_system_delete" on "audit_logs"');
    this.addSql('drop trigger "audit_logs_append_only" on "audit_logs"');
    this.addSql('drop trigger "audit_logs_chained" on "audit_logs"');
    this.addSql('drop trigger "audit_logs_kept" on "audit_logs"');
    this.addSql(`alter table "audit_logs" add "username" varchar(150) not null default '',
      add "old_values" jsonb null, add "new_values" jsonb null, add "ip" inet null`);
    this.addSql(`update "audit_logs" l set "username" = coalesce(d.content::jsonb->>'actor', ''),
        "ip" = (d.content::jsonb->>'ip')::inet,
        "old_values" = nullif(d.content::jsonb->'old_values', 'null'),
        "new_values" = nullif(d.content::jsonb->'new_values', 'null')
      from "audit_details" d where d.organization_id = l.organization_id and d.id = l.id`);
    this.addSql(`alter table "audit_logs" alter "username" drop default,
      drop "sequence", drop "actor_kind", drop "result", drop "code", drop "details_digest",
      drop "previous_hash", drop "hash"`);
    this.addSql('revoke select, delete on "audit_logs" from driftguard_system');
    for (const table of ['audit_anchors', 'audit_intents', 'audit_details', 'audit_chains']) {
      this.addSql(`drop table "${table}"`);
    }
    this.addSql('drop function chain_audit_entry()');
    this.addSql('drop function keep_audit_entry()');
    this.addSql('alter table "audit_logs" force row level security');
    this.#appendOnly();
  }

  #tables(): void {
    this.addSql(`
      create table "audit_chains" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "sequence" bigint not null,
        "hash" varchar(64) not null,
        ${TENANT('audit_chains')})`);
    this.addSql(`
      create table "audit_details" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "salt" varchar(64) not null,
        "content" text not null,
        ${TENANT('audit_details')})`);
    this.addSql(`
      create table "audit_intents" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "actor_kind" varchar(20) not null,
        "user_id" uuid null,
        "action" varchar(100) not null,
        "resource_type" varchar(100) not null,
        "resource_id" varchar(255) null,
        "correlation_id" varchar(100) not null,
        "content" text not null,
        "created_at" timestamptz not null default now(),
        ${TENANT('audit_intents')})`);
    this.addSql('create index "audit_intents_age" on "audit_intents" ("created_at")');
    this.addSql(`
      create table "audit_anchors" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "sequence" bigint not null,
        "hash" varchar(64) not null,
        "entry_id" uuid not null,
        "created_at" timestamptz not null default now(),
        constraint "audit_anchors_sequence" unique ("organization_id", "sequence"),
        ${TENANT('audit_anchors')})`);
  }

  /** One row per organization is the lock: concurrent writers make one chain, whoever they are. */
  #chaining(): void {
    this.addSql(`
      create function chain_audit_entry() returns trigger language plpgsql
      set search_path = pg_catalog, pg_temp as $$
      declare
        head public.audit_chains%rowtype;
      begin
        select * into head from public.audit_chains
          where organization_id = new.organization_id for update;
        if not found then
          insert into public.audit_chains (organization_id, id, sequence, hash)
            values (new.organization_id, new.organization_id, 0, repeat('0', 64))
            on conflict do nothing;
          select * into strict head from public.audit_chains
            where organization_id = new.organization_id for update;
        end if;
        new.sequence := head.sequence + 1;
        new.previous_hash := head.hash;
        new.hash := encode(sha256(convert_to(array_to_json(array[
          'driftguard/audit/1', new.previous_hash, new.sequence::text, new.organization_id::text,
          new.id::text, to_char(new.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          new.actor_kind, new.user_id::text, new.action, new.resource_type, new.resource_id,
          new.result, new.code, new.correlation_id, new.details_digest
        ]::text[])::text, 'UTF8')), 'hex');
        update public.audit_chains set sequence = new.sequence, hash = new.hash
          where organization_id = new.organization_id;
        return new;
      end $$`);
    // Deeper than 1: the organization itself is being deleted, and everything of it.
    this.addSql(`
      create function keep_audit_entry() returns trigger language plpgsql
      set search_path = pg_catalog, pg_temp as $$
      begin
        if pg_trigger_depth() > 1 or exists (
          select 1 from public.audit_anchors a
          where a.organization_id = old.organization_id and a.sequence >= old.sequence
        ) then
          return old;
        end if;
        raise exception 'audit entries are removed behind an anchor only'
          using errcode = 'insufficient_privilege';
      end $$`);
  }

  #moveEntries(): void {
    this.addSql('alter table "audit_logs" no force row level security');
    this.addSql('drop trigger "audit_logs_append_only" on "audit_logs"');
    this.addSql('create temporary table old_entries on commit drop as select * from "audit_logs"');
    this.addSql('delete from "audit_logs"');
    this.addSql(`alter table "audit_logs"
      drop "username", drop "old_values", drop "new_values", drop "ip",
      add "sequence" bigint not null, add "actor_kind" varchar(20) not null,
      add "result" varchar(20) not null, add "code" varchar(100) null,
      add "details_digest" varchar(64) not null, add "previous_hash" varchar(64) not null,
      add "hash" varchar(64) not null`);
    this.addSql(
      'alter table "audit_logs" add constraint "audit_logs_sequence" unique ("organization_id", "sequence")',
    );
    this.addSql(`
      create trigger audit_logs_chained before insert on "audit_logs"
      for each row execute function chain_audit_entry()`);
    this.addSql(`
      create trigger audit_logs_kept before delete on "audit_logs"
      for each row execute function keep_audit_entry()`);
    this.addSql(`
      insert into "audit_details" (organization_id, id, salt, content)
      select organization_id, id,
        encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'),
        jsonb_build_object('actor', username, 'ip', host(ip), 'old_values', old_values, 'new_values', new_values)::text
      from old_entries`);
    this.addSql(`
      insert into "audit_logs" (organization_id, id, actor_kind, user_id, action, resource_type,
        resource_id, result, correlation_id, details_digest, created_at)
      select o.organization_id, o.id, case when o.user_id is null then 'system' else 'user' end,
        o.user_id, o.action, o.resource_type, o.resource_id, 'succeeded', o.correlation_id,
        encode(sha256(convert_to(d.salt || ':' || d.content, 'UTF8')), 'hex'), o.created_at
      from old_entries o join "audit_details" d using (organization_id, id)
      order by o.organization_id, o.created_at, o.id`);
    this.#appendOnly();
  }

  #rights(): void {
    this.addSql('drop policy "audit_logs_tenant" on "audit_logs"');
    const systemDeletes = true;
    const system = ['organization_id', 'id'];
    const tables: Parameters<typeof tenantTableSql>[0][] = [
      {
        tableName: 'audit_logs',
        privileges: ['select', 'insert'],
        systemColumns: [...system, 'sequence'],
        systemDeletes,
      },
      // Changed to anonymise a person; the chain says which ones were.
      {
        tableName: 'audit_details',
        privileges: ['select', 'insert', 'update'],
        systemColumns: system,
        systemDeletes,
      },
      { tableName: 'audit_chains', privileges: ['select', 'insert', 'update'] },
      { tableName: 'audit_intents', systemColumns: [...system, 'created_at'] },
      {
        tableName: 'audit_anchors',
        privileges: ['select', 'insert'],
        systemColumns: ['organization_id', 'sequence'],
      },
    ];
    for (const table of tables) for (const sql of tenantTableSql(table)) this.addSql(sql);
  }

  #appendOnly(): void {
    this.addSql(`
      create trigger audit_logs_append_only before update or truncate on "audit_logs"
      for each statement execute function refuse_audit_change()`);
  }
}
