import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** What a running scan has read completely, so that the next worker does not read it again. */
export class Migration20260109000000_scan_parts extends Migration {
  override up(): void {
    this.addSql('alter table "scan_runs" add column "progress_eta_seconds" int null');
    this.#scanParts();
    this.#scanPartPieces();
  }

  override down(): void {
    for (const table of ['scan_part_pieces', 'scan_parts']) this.addSql(`drop table "${table}"`);
    this.addSql('alter table "scan_runs" drop column "progress_eta_seconds"');
  }

  #scanParts(): void {
    this.addSql(`
      create table "scan_parts" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "scan_id" uuid not null,
        "part" text not null,
        "scope" text not null,
        "coverage" jsonb not null,
        "pieces" int not null,
        "key_version" int not null,
        "wrapped_key" bytea not null,
        primary key ("organization_id", "id"),
        constraint "scan_parts_organization_id_scan_id_part_unique" unique ("organization_id", "scan_id", "part"),
        constraint "scan_parts_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "scan_parts_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id")
          references "scan_runs" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({
      tableName: 'scan_parts',
      systemColumns: ['organization_id', 'scan_id', 'created_at'],
    }))
      this.addSql(sql);
  }

  #scanPartPieces(): void {
    // Written in bulk and worthless after a crash of the database, as the scan then starts anew: not worth its log.
    this.addSql(`
      create unlogged table "scan_part_pieces" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "scan_id" uuid not null,
        "part_id" uuid not null,
        "position" int not null,
        "sealed" bytea not null,
        primary key ("organization_id", "id"),
        constraint "scan_part_pieces_organization_id_scan_id_part_id__355b5_unique" unique ("organization_id", "scan_id", "part_id", "position"),
        constraint "scan_part_pieces_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "scan_part_pieces_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id")
          references "scan_runs" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'scan_part_pieces' })) this.addSql(sql);
  }
}
