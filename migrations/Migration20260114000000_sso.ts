import { Migration } from '@mikro-orm/migrations';
import {
  APPLICATION_ROLE,
  LOGIN_LOOKUP_ROLE,
  SYSTEM_ROLE,
  tenantTableSql,
} from '../src/core/database/index.js';

/** Single sign-on: the provider of an organization, who is who there, and where a login by slug leads. */
export class Migration20260114000000_sso extends Migration {
  override up(): void {
    this.addSql(`
      create table "sso_connections" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "is_active" boolean not null default true,
        "issuer" varchar(500) not null,
        "client_id" varchar(255) not null,
        "token_auth_method" varchar(40) not null default 'client_secret_basic',
        "scopes" jsonb not null,
        "groups_claim" varchar(255) not null,
        "role_mapping" jsonb not null,
        "default_role" varchar(20) null,
        "allowed_domains" jsonb not null,
        "jit_users" boolean not null,
        "second_factor_values" jsonb not null,
        "enforced" boolean not null,
        "break_glass_user" uuid null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "sso_connections_organization" unique ("organization_id"),
        constraint "sso_connections_token_auth_method_check" check ("token_auth_method" in ('client_secret_basic', 'client_secret_post')),
        constraint "sso_connections_default_role_check" check ("default_role" in ('viewer', 'editor', 'admin')),
        constraint "sso_connections_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(`
      create table "sso_identities" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "user_id" uuid not null,
        "issuer" varchar(500) not null,
        "subject" varchar(255) not null,
        "created_at" timestamptz not null default now(),
        primary key ("organization_id", "id"),
        constraint "sso_identities_subject" unique ("organization_id", "issuer", "subject"),
        constraint "sso_identities_user" unique ("organization_id", "issuer", "user_id"),
        constraint "sso_identities_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({
      tableName: 'sso_connections',
      loginColumns: ['organization_id', 'is_active'],
    })) {
      this.addSql(sql);
    }
    for (const sql of tenantTableSql({
      tableName: 'sso_identities',
      privileges: ['select', 'insert', 'delete'],
    })) {
      this.addSql(sql);
    }
    this.#lookup();
    // For the operator of the installation, who names organizations by what people call them.
    this.addSql(`grant select ("name", "created_at") on "organizations" to ${SYSTEM_ROLE}`);
  }

  override down(): void {
    this.addSql(`revoke select ("name", "created_at") on "organizations" from ${SYSTEM_ROLE}`);
    this.addSql('drop function find_sso_organization(text)');
    for (const table of ['sso_identities', 'sso_connections']) {
      this.addSql(`drop table "${table}"`);
    }
  }

  /** Which organization a slug names, where it has single sign-on; without a slug, the only organization. */
  #lookup(): void {
    this.addSql(`
      create function find_sso_organization(given_organization text) returns uuid
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
        select o.id
        from public.organizations o join public.sso_connections c on c.organization_id = o.id
        where o.is_active and c.is_active
          and case when given_organization is null
                then (select count(*) from public.organizations) = 1
                else o.slug = given_organization end
      $$`);
    this.addSql(`grant create on schema public to ${LOGIN_LOOKUP_ROLE}`);
    this.addSql(`alter function find_sso_organization(text) owner to ${LOGIN_LOOKUP_ROLE}`);
    this.addSql(`revoke create on schema public from ${LOGIN_LOOKUP_ROLE}`);
    this.addSql('revoke all on function find_sso_organization(text) from public');
    this.addSql(`grant execute on function find_sso_organization(text) to ${APPLICATION_ROLE}`);
  }
}
