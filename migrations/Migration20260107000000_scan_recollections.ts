import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

/** What scans leave to the next one, so that its cost follows what changed. */
export class Migration20260107000000_scan_recollections extends Migration {
  override up(): void {
    // Found out again by the next scan when a crash of the database empties it: not worth its log.
    this.addSql(`
      create unlogged table "scan_recollections" (
        "organization_id" uuid not null,
        "id" uuid not null,
        "environment_id" uuid not null,
        "kind" text not null,
        "key" text not null,
        "value" text not null,
        primary key ("organization_id", "id"),
        constraint "scan_recollections_organization_id_environment_id_dfef7_unique" unique ("organization_id", "environment_id", "kind", "key"),
        constraint "scan_recollections_kind_check" check ("kind" in ('outcome', 'element')),
        constraint "scan_recollections_organization_id_foreign" foreign key ("organization_id")
          references "organizations" ("id") on update no action on delete cascade,
        constraint "scan_recollections_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id")
          references "environments" ("organization_id", "id") on update no action on delete cascade
      )`);
    for (const sql of tenantTableSql({ tableName: 'scan_recollections' })) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table "scan_recollections"');
  }
}
