import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { scrubValue } from '../../../core/audit/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import {
  DATA_MAP,
  INSTALLATION_TABLES,
  type PersonNames,
  scrubber,
  type TableData,
} from '../../../core/privacy/index.js';

interface Person extends PersonNames {
  readonly id: string;
}

type Counts = Record<string, number>;

const JSON_TYPES = new Set(['json', 'jsonb']);

/** What the data map says, done: generic over all tables, within the current transaction. */
@Injectable()
export class PersonalColumns {
  constructor(private readonly em: EntityManager) {}

  /** Deletes and rewrites; answers the rows by table. Users and the audit log are rewritten by code of their own. */
  async anonymise(context: TenantContext, person: Person, pseudonym: string): Promise<Counts> {
    const types = await this.#types();
    const all = scrubber(person, pseudonym, 'all');
    const address = scrubber(person, pseudonym, 'address');
    const counts: Counts = {};
    for (const data of DATA_MAP) {
      if (INSTALLATION_TABLES.has(data.table)) continue;
      const ids = new Set<string>();
      for (const id of await this.#delete(context, data, person)) ids.add(id);
      for (const [columns, scrub] of [
        [data.scrubbed, all],
        [data.observed, address],
      ] as const) {
        for (const column of columns ?? []) {
          const type = types.get(`${data.table}.${column}`) ?? 'text';
          const where = { table: data.table, column, type };
          for (const id of await this.#rewrite(context, where, person, scrub)) ids.add(id);
        }
      }
      if (ids.size > 0) counts[data.table] = ids.size;
    }
    return counts;
  }

  async #delete(
    context: TenantContext,
    { table, deleted, people }: TableData,
    person: Person,
  ): Promise<string[]> {
    const column = people?.[0];
    if (deleted !== true || column === undefined) return [];
    const rows = await this.em.execute<{ id: string }[]>(
      `delete from "${table}" where organization_id = ? and "${column}" = ? returning id`,
      [context.organizationId, person.id],
    );
    return rows.map((row) => row.id);
  }

  async #rewrite(
    context: TenantContext,
    { table, column, type }: { table: string; column: string; type: string },
    person: Person,
    scrub: (text: string) => string,
  ): Promise<string[]> {
    const needles = [person.username, person.email].filter((one) => one !== '').map(containing);
    const rows = await this.em.execute<{ id: string; value: string }[]>(
      `select id, "${column}"::text as value from "${table}"
       where ${table === 'organizations' ? 'id' : 'organization_id'} = ?
         and (${needles.map(() => `"${column}"::text ilike ?`).join(' or ')})`,
      [context.organizationId, ...needles],
    );
    const changed: string[] = [];
    for (const { id, value } of rows) {
      const clean = JSON_TYPES.has(type)
        ? JSON.stringify(scrubValue(JSON.parse(value), scrub))
        : scrub(value);
      if (clean === value) continue;
      await this.em.execute(
        `update "${table}" set "${column}" = (?::text)::${type}
         where ${table === 'organizations' ? 'id' : 'organization_id'} = ? and id = ?`,
        [clean, context.organizationId, id],
      );
      changed.push(id);
    }
    return changed;
  }

  async #types(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.em.execute<{ name: string; type: string }[]>(
      `select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and c.relkind in ('r', 'p')`,
    );
    return new Map(rows.map((row) => [row.name, row.type]));
  }
}

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
