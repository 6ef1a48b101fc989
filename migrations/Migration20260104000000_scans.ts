import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** Scan runs and how well each of them could look. */
export class Migration20260104000000_scans extends Migration {
  override up(): void {
    this.#scanRuns();
    this.#scanCoverage();
  }

  override down(): void {
    for (const table of ['scan_coverage', 'scan_runs']) {
      this.addSql(`drop table "${table}"`);
    }
  }

  #scanRuns(): void {
    this.addSql(`
      create table "scan_runs" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "environment_id" uuid not null,
        "status" text not null default 'queued',
        "trigger" text not null,
        "requested_by" uuid null,
        "attempts" int not null default 0,
        "progress_done" int not null default 0,
        "progress_total" int null,
        "progress_label" text not null default '',
        "pages" int not null default 0,
        "counts" jsonb not null default '{}',
        "coverage_score" numeric(5,4) null,
        "notices" jsonb not null default '[]',
        "problems" jsonb not null default '[]',
        "cancel_requested_at" timestamptz null,
        "heartbeat_at" timestamptz null,
        "started_at" timestamptz null,
        "finished_at" timestamptz null,
        primary key ("organization_id", "id"),
        constraint "scan_runs_status_check" check ("status" in ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled')),
        constraint "scan_runs_trigger_check" check ("trigger" in ('api', 'schedule', 'cli', 'webhook')),
        constraint "scan_runs_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "scan_runs_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create unique index "scan_runs_one_active_per_environment"
        on "scan_runs" ("organization_id", "environment_id") where "status" in ('queued', 'running')`);
    this.addSql(`
      create index "scan_runs_organization_id_environment_id_id_index"
        on "scan_runs" ("organization_id", "environment_id", "id")`);
    for (const sql of tenantTableSql({
      tableName: 'scan_runs',
      systemColumns: [
        'organization_id',
        'id',
        'environment_id',
        'status',
        'heartbeat_at',
        'attempts',
        'created_at',
      ],
    }))
      this.addSql(sql);
  }

  #scanCoverage(): void {
    this.addSql(`
      create table "scan_coverage" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "scan_id" uuid not null,
        "provider" text not null,
        "resource_type" text not null,
        "account_id" text null,
        "region" text null,
        "status" text not null,
        "resources" int not null,
        "pages" int not null,
        "message" text null,
        primary key ("organization_id", "id"),
        constraint "scan_coverage_status_check" check ("status" in ('complete', 'partial', 'denied', 'throttled', 'failed')),
        constraint "scan_coverage_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "scan_coverage_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id")
          references "scan_runs" ("organization_id", "id") on update no action on delete cascade
      )`);
    this.addSql(`
      create index "scan_coverage_organization_id_scan_id_resource_type_index"
        on "scan_coverage" ("organization_id", "scan_id", "resource_type")`);
    for (const sql of tenantTableSql({ tableName: 'scan_coverage' })) this.addSql(sql);
  }
}
