import { Migration } from '@mikro-orm/migrations';
import { APPLICATION_ROLE, LOGIN_LOOKUP_ROLE, tenantTableSql } from '../src/core/database/index.js';

/** Organizations, their settings and users, the audit log, and the login lookup. */
export class Migration20260101000000_foundation extends Migration {
  override up(): void {
    this.#organizations();
    this.#users();
    this.#auditLogs();
    this.#loginLookup();
  }

  override down(): void {
    this.addSql('drop function find_login(text, text)');
    for (const table of ['audit_logs', 'users', 'organization_settings', 'organizations']) {
      this.addSql(`drop table "${table}"`);
    }
    this.addSql('drop function refuse_audit_change()');
  }

  #organizations(): void {
    this.addSql(`
      create table "organizations" (
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "name" varchar(255) not null,
        "slug" varchar(100) not null,
        "description" text not null default '',
        "contact_email" varchar(254) not null,
        "is_active" boolean not null default true,
        primary key ("id"),
        constraint "organizations_name_unique" unique ("name"),
        constraint "organizations_slug_unique" unique ("slug")
      )`);
    this.addSql(`
      create table "organization_settings" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "drift_detection_enabled" boolean not null default true,
        "auto_analysis_enabled" boolean not null default true,
        "email_notifications" boolean not null default true,
        "slack_integration" boolean not null default false,
        "slack_webhook_url" varchar(500) not null default '',
        "audit_logging" boolean not null default true,
        "session_timeout" int not null default 3600,
        primary key ("organization_id", "id"),
        constraint "organization_settings_organization" unique ("organization_id"),
        constraint "organization_settings_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.#own({
      tableName: 'organizations',
      column: 'id',
      privileges: ['select', 'insert', 'update'],
      systemColumns: ['id', 'slug', 'is_active'],
      loginColumns: ['id', 'slug', 'is_active'],
    });
    this.#own({
      tableName: 'organization_settings',
      privileges: ['select', 'insert', 'update'],
      systemColumns: ['organization_id', 'drift_detection_enabled'],
      loginColumns: ['organization_id', 'session_timeout'],
    });
  }

  #users(): void {
    this.addSql(`
      create table "users" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "username" varchar(150) not null,
        "email" varchar(254) not null default '',
        "role" varchar(20) not null default 'viewer',
        "is_active" boolean not null default true,
        "password_hash" varchar(255) not null,
        "must_change_password" boolean not null default false,
        "password_version" int not null default 0,
        "last_login" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "users_organization_username" unique ("organization_id", "username"),
        constraint "users_role_check" check ("role" in ('viewer', 'editor', 'admin')),
        constraint "users_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.#own({
      tableName: 'users',
      privileges: ['select', 'insert', 'update'],
      loginColumns: [
        'organization_id',
        'id',
        'username',
        'role',
        'is_active',
        'password_hash',
        'must_change_password',
        'password_version',
      ],
    });
  }

  #auditLogs(): void {
    this.addSql(`
      create table "audit_logs" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid null,
        "username" varchar(150) not null,
        "action" varchar(100) not null,
        "resource_type" varchar(100) not null,
        "resource_id" varchar(255) null,
        "old_values" jsonb null,
        "new_values" jsonb null,
        "correlation_id" varchar(100) not null,
        "ip" inet null,
        "created_at" timestamptz not null default now(),
        primary key ("organization_id", "id"),
        constraint "audit_logs_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(
      'create index "audit_logs_newest" on "audit_logs" ("organization_id", "created_at", "id")',
    );
    this.addSql(
      'create index "audit_logs_resource" on "audit_logs" ("organization_id", "resource_type", "resource_id", "created_at")',
    );
    this.#own({ tableName: 'audit_logs', privileges: ['select', 'insert'] });
    this.addSql(`
      create function refuse_audit_change() returns trigger language plpgsql
      set search_path = pg_catalog as $$
      begin
        raise exception 'audit entries are never changed' using errcode = 'insufficient_privilege';
      end $$`);
    this.addSql(`
      create trigger audit_logs_append_only before update or truncate on "audit_logs"
      for each statement execute function refuse_audit_change()`);
  }

  /**
   * Before somebody is logged in there is no tenant. This function is all that looks across: the one user that an
   * organization's slug and a username name, with what is needed to check the password. Without a slug it answers
   * only where the installation has a single organization. It runs with the rights of a role
   * nobody can log in as.
   */
  #loginLookup(): void {
    this.addSql(`
      create function find_login(given_organization text, given_username text)
      returns table (
        organization_id uuid, user_id uuid, username text, role text, password_hash text,
        must_change_password boolean, password_version integer, session_timeout integer
      )
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
        select u.organization_id, u.id, u.username::text, u.role::text, u.password_hash::text,
               u.must_change_password, u.password_version, coalesce(s.session_timeout, 3600)
        from public.organizations o
        join public.users u on u.organization_id = o.id
        left join public.organization_settings s on s.organization_id = o.id
        where u.username = given_username and u.is_active and o.is_active
          and case when given_organization is null
                then (select count(*) from public.organizations) = 1
                else o.slug = given_organization end
      $$`);
    this.addSql(`grant create on schema public to ${LOGIN_LOOKUP_ROLE}`);
    this.addSql(`alter function find_login(text, text) owner to ${LOGIN_LOOKUP_ROLE}`);
    this.addSql(`revoke create on schema public from ${LOGIN_LOOKUP_ROLE}`);
    this.addSql('revoke all on function find_login(text, text) from public');
    this.addSql(`grant execute on function find_login(text, text) to ${APPLICATION_ROLE}`);
  }

  #own(options: Parameters<typeof tenantTableSql>[0]): void {
    for (const sql of tenantTableSql(options)) this.addSql(sql);
  }
}
