import { Migration } from '@mikro-orm/migrations';
import { tenantTableSql } from '../src/core/database/index.js';

const SYSTEM = ['organization_id', 'id'];
const RIGHTS = {
  audit_logs: {
    privileges: ['select', 'insert'],
    systemColumns: [...SYSTEM, 'sequence'],
    systemDeletes: true,
  },
  audit_details: {
    privileges: ['select', 'insert', 'update'],
    systemColumns: SYSTEM,
    systemDeletes: true,
  },
} as const;
type Table = keyof typeof RIGHTS;
const TABLES = Object.keys(RIGHTS) as Table[];

/** The audit log in a part per month, so that what nobody keeps any longer is dropped and not deleted row by row. */
export class Migration20260117000000_audit_partitions extends Migration {
  override up(): void {
    for (const table of TABLES) this.#remake(table, 'partition by range ("id")');
    for (const table of TABLES) {
      this.addSql(`create table "${table}_rest" partition of "${table}" default`);
      this.addSql(`alter table "${table}_rest" enable row level security`);
      this.addSql(`alter table "${table}_rest" force row level security`);
    }
    this.#moveRows(
      'create index "audit_logs_sequence" on "audit_logs" ("organization_id", "sequence")',
    );
    this.#monthFunctions();
  }

  override down(): void {
    for (const name of ['drop_past_audit_months()', 'prepare_audit_months(int)']) {
      this.addSql(`drop function ${name}`);
    }
    this.addSql('drop function audit_month_start(timestamptz)');
    for (const table of TABLES) this.#remake(table, '');
    this.#moveRows(
      'alter table "audit_logs" add constraint "audit_logs_sequence" unique ("organization_id", "sequence")',
    );
  }

  /** The same columns under the same name; what was there waits as `…_flat`. */
  #remake(table: Table, partitioning: string): void {
    this.addSql(`alter table "${table}" no force row level security`);
    this.addSql(`alter table "${table}" rename to "${table}_flat"`);
    this.addSql(`alter index "${table}_pkey" rename to "${table}_flat_pkey"`);
    this.addSql(
      `create table "${table}" (like "${table}_flat" including defaults) ${partitioning}`,
    );
    this.addSql(`alter table "${table}" add primary key ("organization_id", "id"),
      add constraint "${table}_organization_id_foreign" foreign key ("organization_id")
        references "organizations" ("id") on update no action on delete cascade`);
  }

  /** Before the triggers are there: the hashes stay what they are. */
  #moveRows(sequenceIndex: string): void {
    for (const table of TABLES) {
      this.addSql(`insert into "${table}" select * from "${table}_flat"`);
      this.addSql(`drop table "${table}_flat"`);
    }
    this.addSql(sequenceIndex);
    this.addSql(
      'create index "audit_logs_newest" on "audit_logs" ("organization_id", "created_at", "id")',
    );
    this.addSql(
      'create index "audit_logs_resource" on "audit_logs" ("organization_id", "resource_type", "resource_id", "created_at")',
    );
    this.addSql(`
      create trigger audit_logs_chained before insert on "audit_logs"
      for each row execute function chain_audit_entry()`);
    this.addSql(`
      create trigger audit_logs_kept before delete on "audit_logs"
      for each row execute function keep_audit_entry()`);
    this.addSql(`
      create trigger audit_logs_append_only before update or truncate on "audit_logs"
      for each statement execute function refuse_audit_change()`);
    for (const tableName of TABLES) {
      const options = { tableName, ...RIGHTS[tableName] };
      for (const sql of tenantTableSql(options)) this.addSql(sql);
    }
  }

  /**
   * With the owner's rights, because only the owner of a table may add and drop its parts. Nobody calls them but the system
   * role, and a month goes only when every entry in it stands behind an anchor of its organization.
   */
  #monthFunctions(): void {
    this.addSql(`
      create function audit_month_start(month timestamptz) returns uuid language sql immutable
      set search_path = pg_catalog, pg_temp as $$
        select (lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
      $$`);
    this.addSql(`
      create function prepare_audit_months(ahead int) returns int language plpgsql security definer
      set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '5s' as $$
      declare
        parent text;
        first timestamptz;
        name text;
        has_rows boolean;
        made int := 0;
      begin
        foreach parent in array array['audit_logs', 'audit_details'] loop
          for month in 0..ahead loop
            first := date_trunc('month', now()) + make_interval(months => month);
            name := parent || to_char(first, '_YYYY_MM');
            continue when to_regclass('public.' || name) is not null;
            -- Entries written before the month had a part of its own stay in the rest.
            execute format('select exists (select 1 from public.%I where id >= %L and id < %L)', parent,
              public.audit_month_start(first), public.audit_month_start(first + interval '1 month')) into has_rows;
            continue when has_rows;
            execute format('create table public.%I partition of public.%I for values from (%L) to (%L)', name, parent,
              public.audit_month_start(first), public.audit_month_start(first + interval '1 month'));
            execute format('alter table public.%I enable row level security', name);
            execute format('alter table public.%I force row level security', name);
            made := made + 1;
          end loop;
        end loop;
        return made;
      end $$`);
    this.addSql(`
      create function drop_past_audit_months() returns table (month text, entries bigint) language plpgsql
      security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '5s' as $$
      declare
        first timestamptz;
        is_kept boolean;
      begin
        -- Whom no policy lets see the entries would take every month for empty.
        if not pg_has_role(current_user, 'driftguard_system', 'usage') then
          raise exception '% owns the audit log and has to be a member of driftguard_system', current_user;
        end if;
        for month in
          select right(c.relname, 7) from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'public.audit_logs'::regclass and c.relname ~ '^audit_logs_\\d{4}_\\d{2}$'
            and to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', now())
          order by 1
        loop
          first := to_date(month, 'YYYY_MM');
          select exists (
            select 1 from public.audit_logs l
            where l.id >= public.audit_month_start(first)
              and l.id < public.audit_month_start(first + interval '1 month')
              and not exists (select 1 from public.audit_anchors a
                where a.organization_id = l.organization_id and a.sequence >= l.sequence)
          ) into is_kept;
          continue when is_kept;
          execute format('select count(*) from public.audit_logs where id >= %L and id < %L',
            public.audit_month_start(first), public.audit_month_start(first + interval '1 month')) into entries;
          execute format('drop table public.%I', 'audit_logs_' || month);
          execute format('drop table if exists public.%I', 'audit_details_' || month);
          return next;
        end loop;
      end $$`);
    for (const name of ['drop_past_audit_months()', 'prepare_audit_months(int)']) {
      this.addSql(`revoke all on function ${name} from public`);
      this.addSql(`grant execute on function ${name} to driftguard_system`);
    }
  }
}
