import { Migration } from '@mikro-orm/migrations';
import { LOGIN_LOOKUP_ROLE, platformTableSql, tenantTableSql } from '../src/core/database/index.js';

/** Sessions, the keys that sign their tokens, mailed links, and login by mail address. */
export class Migration20260108000000_accounts_sessions extends Migration {
  override up(): void {
    this.addSql(`
      create table "sessions" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid not null,
        "method" varchar(40) not null,
        "password_version" int not null,
        "family_hash" varchar(64) not null,
        "refresh_hash" varchar(64) not null,
        "previous_hash" varchar(64) null,
        "created_at" timestamptz not null default now(),
        "rotated_at" timestamptz not null default now(),
        "last_used_at" timestamptz not null default now(),
        "expires_at" timestamptz not null,
        "ended_at" timestamptz null,
        "end_reason" varchar(40) null,
        "ip" inet null,
        "user_agent" varchar(300) not null default '',
        primary key ("organization_id", "id"),
        constraint "sessions_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(
      'create index "sessions_user" on "sessions" ("organization_id", "user_id", "created_at")',
    );
    this.addSql(`
      create table "account_links" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "kind" varchar(20) not null,
        "email" varchar(254) not null,
        "previous_email" varchar(254) not null default '',
        "role" varchar(20) null,
        "user_id" uuid null,
        "created_by" uuid null,
        "token_hash" varchar(64) null,
        "created_at" timestamptz not null default now(),
        "sent_at" timestamptz null,
        "expires_at" timestamptz not null,
        "used_at" timestamptz null,
        "revoked_at" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "account_links_kind_check" check ("kind" in ('invitation', 'password_reset', 'email_change')),
        constraint "account_links_role_check" check ("role" in ('viewer', 'editor', 'admin')),
        constraint "account_links_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    for (const tableName of ['sessions', 'account_links']) {
      for (const sql of tenantTableSql({ tableName })) this.addSql(sql);
    }
    this.addSql(`
      create table "signing_keys" (
        "kid" uuid not null,
        "created_at" timestamptz not null default now(),
        "signs_from" timestamptz not null,
        "public_jwk" jsonb not null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("kid")
      )`);
    for (const sql of platformTableSql('signing_keys', ['select', 'insert', 'delete'])) {
      this.addSql(sql);
    }
    this.addSql(`grant select ("email") on "users" to ${LOGIN_LOOKUP_ROLE}`);
    this.addSql(findLogin(BY_NAME_OR_ADDRESS));
  }

  override down(): void {
    this.addSql(findLogin(BY_NAME));
    this.addSql(`revoke select ("email") on "users" from ${LOGIN_LOOKUP_ROLE}`);
    for (const table of ['signing_keys', 'account_links', 'sessions']) {
      this.addSql(`drop table "${table}"`);
    }
  }
}

const BY_NAME = 'u.username = given_username';
/** A username wins over the same text as somebody's mail address; an address two users share names nobody. */
const BY_NAME_OR_ADDRESS = `(u.username = given_username
            or (given_username like '%@%' and lower(u.email) = lower(given_username)
                and not exists (
                  select 1 from public.users other
                  where other.organization_id = u.organization_id and other.id <> u.id
                    and (other.username = given_username or lower(other.email) = lower(given_username)))))`;

/** Owner and grants stay those of the function it replaces. */
function findLogin(condition: string): string {
  return `
      create or replace function find_login(given_organization text, given_username text)
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
        where ${condition}
          and u.is_active and o.is_active
          and case when given_organization is null
                then (select count(*) from public.organizations) = 1
                else o.slug = given_organization end
      $$`;
}
