import type { EntityOptions } from '@mikro-orm/core';

/**
 * For `@TenantEntity`: the table is in parts by month. The key of a row is a UUID version 7, which begins with its moment,
 * so the months are ranges of keys. The parts are made ahead by `prepare_audit_months()`; the rest holds what has none.
 */
export function monthly(tableName: string): NonNullable<EntityOptions<object>['partitionBy']> {
  return {
    type: 'range',
    expression: 'id',
    partitions: [{ name: `${tableName}_rest`, values: 'default' }],
  };
}
