import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Drift events with their changes, and the outbox that tells others about them. */
export class Migration20260105000000_drifts extends Migration {
  override up(): void {
    this.#outboxEvents();
    this.#driftEvents();
    this.#driftChanges();
  }

  override down(): void {
    for (const table of ['drift_changes', 'drift_events', 'outbox_events']) {
      this.addSql(`drop table "${table}"`);
    }
  }

  #outboxEvents(): void {
    this.addSql(`
      create table "outbox_events" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "topic" text not null,
        "subject_id" uuid not null,
        "payload" jsonb not null,
        "correlation_id" text not null,
        "created_at" timestamptz not null default now(),
        "delivered_at" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "outbox_events_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "outbox_events_undelivered"
        on "outbox_events" ("created_at", "id") where "delivered_at" is null`);
    for (const sql of tenantTableSql({
      tableName: 'outbox_events',
      systemColumns: ['organization_id', 'id', 'topic', 'subject_id', 'created_at', 'delivered_at'],
    }))
      this.addSql(sql);
  }

  #driftEvents(): void {
    this.addSql(`
      create table "drift_events" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid not null,
        "iac_resource_id" uuid null,
        "source_id" uuid null,
        "fingerprint" text not null,
        "drift_type" text not null,
        "status" text not null,
        "verdict" text not null,
        "provider" text not null,
        "resource_type" text not null,
        "native_type" text null,
        "resource_id" text null,
        "resource_address" text null,
        "account_id" text null,
        "region" text null,
        "namespace" text null,
        "actual_state" json null,
        "declared_state" json null,
        "differences_hash" text not null,
        "is_security_critical" boolean not null default false,
        "detected_at" timestamptz not null,
        "first_seen_at" timestamptz not null,
        "last_seen_at" timestamptz not null,
        "first_scan_id" uuid not null,
        "last_scan_id" uuid not null,
        "seen_count" int not null default 1,
        "reopened_count" int not null default 0,
        "resolved_at" timestamptz null,
        "resolution_type" text null,
        "resolved_by" uuid null,
        "resolved_by_scan_id" uuid null,
        "resolution_comment" text null,
        "severity_score" numeric(3,2) null,
        "confidence_score" numeric(3,2) null,
        "risk_assessment" jsonb not null default '{}',
        "tags" jsonb not null default '{}',
        "metadata" jsonb not null default '{}',
        primary key ("organization_id", "id"),
        constraint "drift_events_organization_id_fingerprint_unique" unique ("organization_id", "fingerprint"),
        constraint "drift_events_drift_type_check" check ("drift_type" in ('modified', 'deleted', 'added', 'moved')),
        constraint "drift_events_status_check" check ("status" in ('opened', 'persisting', 'reopened', 'resolved')),
        constraint "drift_events_verdict_check" check ("verdict" in ('confirmed', 'potential', 'unverifiable')),
        constraint "drift_events_resolution_type_check" check ("resolution_type" in ('auto_revert', 'codify_iac', 'accepted', 'escalated')),
        constraint "drift_events_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "drift_events_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "drift_events_organization_id_resolved_at_index"
        on "drift_events" ("organization_id", "resolved_at")`);
    this.addSql(`
      create index "drift_events_open_newest_first"
        on "drift_events" ("organization_id", "detected_at" desc, "id" desc) where "status" <> 'resolved'`);
    this.addSql(`
      create index "drift_events_environment_open"
        on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc) where "status" <> 'resolved'`);
    this.addSql(`
      create index "drift_events_environment_newest_first"
        on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc)`);
    this.addSql(`
      create index "drift_events_newest_first"
        on "drift_events" ("organization_id", "detected_at" desc, "id" desc)`);
    for (const sql of tenantTableSql({ tableName: 'drift_events' })) this.addSql(sql);
  }

  #driftChanges(): void {
    this.addSql(`
      create table "drift_changes" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "drift_event_id" uuid not null,
        "property_path" text not null,
        "actual_path" text not null,
        "declared_value" json null,
        "actual_value" json null,
        "change_type" text not null,
        "verdict" text not null,
        "is_security_critical" boolean not null default false,
        "rule" text null,
        "explanation" text not null,
        "security_reason" text null,
        primary key ("organization_id", "id"),
        constraint "drift_changes_change_type_check" check ("change_type" in ('modified', 'added', 'removed')),
        constraint "drift_changes_verdict_check" check ("verdict" in ('confirmed', 'potential', 'unverifiable')),
        constraint "drift_changes_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "drift_changes_organization_id_drift_event_id_foreign" foreign key ("organization_id", "drift_event_id")
          references "drift_events" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "drift_changes_organization_id_drift_event_id_index"
        on "drift_changes" ("organization_id", "drift_event_id")`);
    for (const sql of tenantTableSql({ tableName: 'drift_changes' })) this.addSql(sql);
  }
}
