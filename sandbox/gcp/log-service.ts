import { isObject, scalarText, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { instant } from '../instant.js';
import { EstateError } from '../estate-error.js';
import { invalidArgument } from './gcp-protocol.js';
import { logFilter } from './log-filter.js';
import { makePageToken, readPageToken } from './page-token.js';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 1000;
const FIELDS = ['resourceNames', 'filter', 'orderBy', 'pageSize', 'pageToken', 'projectIds'];

/** entries.list: https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list */
export function listLogEntries(entries: readonly JsonObject[], body: JsonObject): JsonObject {
  const unknown = Object.keys(body).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument(
      `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`,
    );
  }
  const test = logFilter(textAt(body, 'filter') ?? '');
  const { pageToken, ...request } = body;
  const order = textAt(body, 'orderBy') ?? 'timestamp asc';
  if (!/^timestamp( asc| desc)?$/.test(order)) throw invalidArgument(`Invalid orderBy: ${order}`);
  const found = entries
    .filter(test)
    .sort((left, right) => timeOf(left).localeCompare(timeOf(right)));
  if (order.endsWith('desc')) found.reverse();
  const asked = typeof body.pageSize === 'number' ? body.pageSize : DEFAULT_PAGE;
  if (asked < 0) throw invalidArgument('page_size must not be negative.');
  const key = JSON.stringify(request);
  const start = readPageToken(key, scalarText(pageToken));
  const end = start + Math.min(asked || DEFAULT_PAGE, MAX_PAGE);
  const page = found.slice(start, end);
  return {
    ...(page.length > 0 ? { entries: page } : {}),
    ...(end < found.length ? { nextPageToken: makePageToken(key, end) } : {}),
  };
}

/** The resources a request names: `projects/P`, `folders/N`, `organizations/N`. */
export function namedResources(body: JsonObject): readonly string[] {
  const names = textsAt(body, 'resourceNames');
  if (names.length === 0) throw invalidArgument('At least one resource name must be specified.');
  return names;
}

/** Checks one entry of `audit.json` and fills in what every entry has. */
export function parseEntry(entry: Json, projectId: string, where: string): JsonObject {
  if (!isObject(entry) || !isObject(entry.protoPayload)) {
    throw new EstateError(`${where} has no protoPayload.`);
  }
  const timestamp = instant(textAt(entry, 'timestamp') ?? '');
  if (Number.isNaN(Date.parse(timestamp))) {
    throw new EstateError(`${where} has no timestamp (ISO 8601, or how long ago: -PT2H).`);
  }
  const whole = {
    insertId: where.replaceAll(/\W/g, '').slice(-20),
    logName: `projects/${projectId}/logs/cloudaudit.googleapis.com%2Factivity`,
    severity: 'NOTICE',
    receiveTimestamp: timestamp,
    ...entry,
    timestamp,
  };
  return {
    ...whole,
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      ...entry.protoPayload,
    },
  };
}

function timeOf(entry: JsonObject): string {
  return textAt(entry, 'timestamp') ?? '';
}
