import type { AuditRecord } from '../../../core/audit/index.js';
import type { AuditExportFormat } from './audit-log.query.js';
import { type AuditLogResponse, toAuditLogResponse } from './audit-log.response.js';

const COLUMNS = [
  'sequence',
  'created_at',
  'actor_kind',
  'user_id',
  'username',
  'ip',
  'user_agent',
  'api_key_id',
  'action',
  'resource_type',
  'resource_id',
  'result',
  'code',
  'old_values',
  'new_values',
  'correlation_id',
  'id',
  'hash',
] as const satisfies readonly (keyof AuditLogResponse)[];

export const MEDIA_TYPES: Readonly<Record<AuditExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

/** One line per entry, as it comes. */
export async function* exportLines(
  records: AsyncIterable<AuditRecord>,
  format: AuditExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for await (const record of records) {
    const line = toAuditLogResponse(record);
    yield format === 'csv'
      ? `${COLUMNS.map((column) => csvField(line[column])).join(',')}\r\n`
      : `${JSON.stringify(line)}\n`;
  }
}

/** RFC 4180. What a spreadsheet would take for a formula is put behind an apostrophe. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
