import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isObject, objectAt, scalarText, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { graphError } from './arm-protocol.js';
import type { AzureSubscription } from './azure-estate.js';
import { evaluate } from './query/evaluate.js';
import { parseQuery } from './query/parser.js';
import { InvalidQueryError } from './query/query.js';
import type { Query } from './query/query.js';
import { mayRead } from './role.js';

export const API_VERSIONS = [
  '2018-09-01-preview',
  '2019-04-01',
  '2020-04-01-preview',
  '2021-03-01',
  '2022-10-01',
  '2024-04-01',
];

const MAX_PAGE = 1000;
const DEFAULT_PAGE = 1000;
const CONTAINER = /^microsoft\.resources\/subscriptions(\/resourcegroups)?$/;
const key = randomBytes(32);

/** https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
export function runQuery(
  subscriptions: readonly AzureSubscription[],
  body: JsonObject,
): JsonObject {
  const text = textAt(body, 'query') ?? '';
  const query = parsed(text);
  const options = objectAt(body, 'options');
  const { rows, pageable } = evaluate(query, tableOf(query, inScope(subscriptions, body)));
  const top = numberAt(options, '$top') ?? DEFAULT_PAGE;
  if (top < 1 || top > MAX_PAGE)
    throw badRequest('InvalidQueryOptions', `$top is ${top}, not between 1 and ${MAX_PAGE}.`);
  const mark = JSON.stringify([text, body.subscriptions ?? null, body.managementGroups ?? null]);
  const token = textAt(options, '$skipToken');
  const start = token ? readToken(mark, token) : (numberAt(options, '$skip') ?? 0);
  const page = rows.slice(start, start + top);
  const more = start + top < rows.length;
  return {
    totalRecords: rows.length,
    count: page.length,
    data: textAt(options, 'resultFormat') === 'table' ? asTable(page) : [...page],
    facets: [],
    resultTruncated: more && !pageable ? 'true' : 'false',
    ...(more && pageable ? { $skipToken: makeToken(mark, start + top) } : {}),
  };
}

function inScope(
  subscriptions: readonly AzureSubscription[],
  body: JsonObject,
): AzureSubscription[] {
  const named = textsAt(body, 'subscriptions').map((id) => id.toLowerCase());
  const groups = textsAt(body, 'managementGroups');
  if (named.length > 0 && groups.length > 0) {
    throw badRequest('InvalidQueryScope', 'Name subscriptions or management groups, not both.');
  }
  const found = subscriptions.filter(
    ({ subscriptionId, managementGroups }) =>
      (named.length === 0 || named.includes(subscriptionId)) &&
      (groups.length === 0 || groups.some((group) => managementGroups.includes(group))),
  );
  if (found.length === 0 && groups.length > 0) {
    throw graphError(403, 'Forbidden', [
      { code: 'AccessDenied', message: 'Access is denied to the requested resource.' },
    ]);
  }
  if (found.length > 0) return found;
  const given = named.join(', ');
  throw badRequest(
    'NoValidSubscriptionsInQueryRequest',
    `There must be at least one subscription that is eligible to contain resources. Given: '${given}'.`,
  );
}

function tableOf({ table }: Query, subscriptions: readonly AzureSubscription[]): JsonObject[] {
  if (table.toLowerCase() === 'resourcechanges') return changesOf(subscriptions);
  const rows = subscriptions.flatMap(({ rows: all, roles }) =>
    all.filter((row) => mayRead(roles, row)),
  );
  switch (table.toLowerCase()) {
    case 'resources':
      return rows.filter(({ type }) => !CONTAINER.test(scalarText(type)));
    case 'resourcecontainers':
      return rows.filter(({ type }) => CONTAINER.test(scalarText(type)));
    default:
      throw badRequest('InvalidQuery', `Table ${table} is invalid, unsupported or disallowed.`);
  }
}

/** Visible to whoever may read the resource that was changed. */
function changesOf(subscriptions: readonly AzureSubscription[]): JsonObject[] {
  return subscriptions.flatMap(({ changes, roles }) =>
    changes.filter(({ properties = null }) => {
      const target = isObject(properties) ? properties : {};
      const id = textAt(target, 'targetResourceId') ?? '';
      return mayRead(roles, { id, type: textAt(target, 'targetResourceType') ?? '' });
    }),
  );
}

function parsed(text: string): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error;
    const { token, line, character } = error;
    throw graphError(400, 'BadRequest', [
      {
        code: 'InvalidQuery',
        message:
          'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
      },
      {
        code: 'ParserFailure',
        message: 'ParserFailure',
        line,
        characterPositionInLine: character,
        token,
      },
    ]);
  }
}

/** The types a query asks for; empty when it does not say. */
export function queriedTypes(text: string): string[] {
  return [...text.matchAll(/\btype\s*(?:=~|==|in~?)\s*(\([^)]*\)|'[^']*'|"[^"]*")/gi)].flatMap(
    ([, values = '']) =>
      [...values.matchAll(/['"]([^'"]+)['"]/g)].map(([, type = '']) => type.toLowerCase()),
  );
}

function asTable(rows: readonly JsonObject[]): Json {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => {
    const value = rows[0]?.[name];
    const type =
      typeof value === 'number' ? 'integer' : typeof value === 'string' ? 'string' : 'object';
    return { name, type };
  });
  return { columns, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
}

function numberAt(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' ? value : undefined;
}

export function badRequest(code: string, message: string) {
  return graphError(400, 'BadRequest', [{ code, message }]);
}

/** An opaque token, good only for the query it was made for. */
function makeToken(request: string, position: number): string {
  return Buffer.from(JSON.stringify([position, signed(request, position)])).toString('base64');
}

function readToken(request: string, token: string): number {
  try {
    const content = JSON.parse(Buffer.from(token, 'base64').toString()) as unknown;
    const [position, given] = Array.isArray(content) ? (content as unknown[]) : [];
    if (typeof position !== 'number' || typeof given !== 'string') throw invalidToken();
    const expected = Buffer.from(signed(request, position));
    const same = given.length === expected.length && timingSafeEqual(Buffer.from(given), expected);
    if (same) return position;
  } catch {
    throw invalidToken();
  }
  throw invalidToken();
}

export function invalidToken() {
  return badRequest('InvalidSkipToken', 'The skip token is invalid or has expired.');
}

function signed(request: string, position: number): string {
  return createHmac('sha256', key).update(`${position}\n${request}`).digest('base64url');
}
