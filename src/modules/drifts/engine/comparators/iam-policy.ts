import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { canonicalText, identical, isEmpty, isObject, read } from '../values.js';
import { parseJsonDocument } from './json-document.js';
import { bucketOf, isVendedStatement, resourcesOf } from './vended-statement.js';

const LISTS = ['Action', 'NotAction', 'Resource', 'NotResource'];
const PRINCIPALS = ['Principal', 'NotPrincipal'];
const ACTION = /^[a-z0-9-]+:[\w*?]+$/i;
const ROOT = /^arn:(aws[a-z-]*):iam::(\d{12}):root$/;

/** A policy document: an object, or its text, with a `Statement` that has effects. */
function policyOf(value: JsonValue | undefined): JsonObject | undefined {
  let document = isObject(value) ? value : parseJsonDocument(value);
  // Some services return the document URL-encoded (RFC 3986), as IAM does.
  if (document === undefined && typeof value === 'string' && value.startsWith('%7B')) {
    try {
      document = parseJsonDocument(decodeURIComponent(value));
    } catch {
      return undefined;
    }
  }
  if (!isObject(document)) return undefined;
  const statements = listOf(read(document, 'Statement'));
  const plausible = statements.every(
    (one) => isObject(one) && typeof read(one, 'Effect') === 'string',
  );
  return statements.length > 0 && plausible ? document : undefined;
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** IAM reads numbers and booleans in conditions as their text. */
const text = (value: JsonValue): JsonValue =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

/** An account id and that account's root ARN are the same principal; actions are not case-sensitive (IAM JSON policy reference). */
function meaning(value: string): string {
  return ROOT.exec(value)?.[2] ?? (ACTION.test(value) ? value.toLowerCase() : value);
}

/** Spellings the code uses, by meaning: the live side is shown in the same words where it means the same. */
type Spellings = Map<string, string>;

function list(value: JsonValue, spellings: Spellings): JsonValue[] {
  const seen = new Map<string, JsonValue>();
  for (const one of listOf(value).map(text)) {
    const key = typeof one === 'string' ? meaning(one) : canonicalText(one);
    if (seen.has(key)) continue;
    const known = spellings.get(key);
    if (known === undefined && typeof one === 'string') spellings.set(key, one);
    seen.set(key, known ?? one);
  }
  return [...seen.values()];
}

function lists(value: JsonValue, spellings: Spellings): JsonValue {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, list(part, spellings)]),
  );
}

function statement(value: JsonValue, spellings: Spellings): JsonValue {
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, part] of Object.entries(value)) {
    if (isEmpty(part)) continue;
    if (LISTS.includes(key)) result[key] = list(part, spellings);
    else if (PRINCIPALS.includes(key))
      result[key] = lists(part === '*' ? { AWS: '*' } : part, spellings);
    else if (key === 'Condition' && isObject(part))
      result[key] = Object.fromEntries(
        Object.entries(part).map(([operator, keys]) => [operator, lists(keys, spellings)]),
      );
    else result[key] = part;
  }
  return result;
}

/**
 * API Gateway writes the short form `execute-api:/stage/…` of a resource policy out as the ARN of the API it stands in
 * ("Amazon API Gateway resource policy examples").
 */
function shortApi(statement: JsonValue, apiId: string): JsonValue {
  if (!isObject(statement) || !/^[a-z0-9]+$/.test(apiId)) return statement;
  const full = new RegExp(`^arn:aws[a-z-]*:execute-api:[a-z0-9-]+:\\d{12}:${apiId}/`);
  const short = resourcesOf(statement).map((one) =>
    typeof one === 'string' ? one.replace(full, 'execute-api:/') : one,
  );
  return short.length === 0 ? statement : { ...statement, Resource: short };
}

/**
 * IAM policy documents, on either side as an object or as text (F1–F3, F10, F12, F22, F56): statements, actions,
 * resources, principals and condition values are sets; one value and a list of one are the same; an account id is its
 * root ARN. Statements AWS itself vends are set aside only when they grant exactly what AWS grants.
 */
export const iamPolicy: Comparator = {
  name: 'iam-policy',
  rule(declared, actual, field) {
    const left = policyOf(declared);
    const right = policyOf(actual);
    if (!left || !right) return undefined;
    const spellings: Spellings = new Map();
    const declaredStatements = listOf(read(left, 'Statement')).map((one) =>
      statement(one, spellings),
    );
    const known = new Set(declaredStatements.map(canonicalText));
    const buckets = new Set(declaredStatements.flatMap(resourcesOf).map(bucketOf));
    const own = (resource: JsonValue): boolean => buckets.has(bucketOf(resource));
    const actualStatements = listOf(read(right, 'Statement'))
      .map((one) => statement(shortApi(one, field.pair.actual.id), spellings))
      .filter((one) => known.has(canonicalText(one)) || !isVendedStatement(one, own));
    const declaredView = { ...left, Statement: declaredStatements };
    const actualView = { ...right, Statement: actualStatements };
    const canonical = identical(declaredView, declared) && identical(actualView, actual);
    if (canonical && field.facts.order === 'set') return undefined;
    return {
      kind: 'view',
      declared: declaredView,
      actual: actualView,
      sets: true,
      why: 'The same policy: order, single values, account root and formatting carry no meaning in it.',
    };
  },
};
