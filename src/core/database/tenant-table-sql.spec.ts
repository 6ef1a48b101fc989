import { describe, expect, it } from '@jest/globals';
import { tenantTableSql } from './tenant-table-sql.js';

describe('SQL of a tenant table', () => {
  it('forces row-level security and grants rows, not the table', () => {
    expect(tenantTableSql({ tableName: 'things' })).toEqual([
      'alter table "things" enable row level security',
      'alter table "things" force row level security',
      'create policy "things_tenant" on "things" for all to driftguard_app ' +
        "using (organization_id = current_setting('driftguard.organization_id')::uuid) " +
        "with check (organization_id = current_setting('driftguard.organization_id')::uuid)",
      'grant select, insert, update, delete on "things" to driftguard_app',
    ]);
  });

  it('lets the system role read named columns only', () => {
    const sql = tenantTableSql({
      tableName: 'things',
      privileges: ['select', 'insert'],
      systemColumns: ['organization_id', 'due_at'],
    });
    expect(sql.slice(3)).toEqual([
      'create policy "things_system" on "things" for select to driftguard_system using (true)',
      'grant select, insert on "things" to driftguard_app',
      'grant select ("organization_id", "due_at") on "things" to driftguard_system',
    ]);
  });
});
