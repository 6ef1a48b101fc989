import type { Json, JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';

/** An error as the platform words it: https://developer.hashicorp.com/terraform/cloud-docs/api-docs#error-codes */
export class TfeError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
  }
}

/** The platform does not tell what is not there from what may not be seen. */
export function notFound(): TfeError {
  return new TfeError(404, 'not found');
}

export function document(data: Json, more: JsonObject = {}): Reply {
  return reply(200, { data, ...more });
}

export function errorReply({ status, title, headers }: TfeError): Reply {
  const { headers: own, ...rest } = reply(status, {
    errors: [{ status: String(status), title }],
  });
  return { ...rest, headers: { ...own, ...headers } };
}

export function plainReply(body: JsonObject): Reply {
  return { ...reply(200, body), headers: { 'content-type': 'application/json' } };
}

/** A page of what was found, with the links and counts each list has. */
export function pageOf(items: readonly JsonObject[], url: URL): Reply {
  const size = count(url, 'page[size]', 20);
  const number = count(url, 'page[number]', 1);
  if (size > 100) throw new TfeError(422, 'page[size] must be 100 or less');
  const pages = Math.max(1, Math.ceil(items.length / size));
  const pagination = {
    'current-page': number,
    'page-size': size,
    'prev-page': number > 1 ? number - 1 : null,
    'next-page': number < pages ? number + 1 : null,
    'total-pages': pages,
    'total-count': items.length,
  };
  const page = items.slice((number - 1) * size, number * size);
  return document([...page], { meta: { pagination } });
}

function count(url: URL, name: string, otherwise: number): number {
  const given = url.searchParams.get(name);
  if (given === null) return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new TfeError(400, `${name} is invalid`);
  return number;
}

function reply(status: number, body: JsonObject): Reply {
  return {
    status,
    headers: {
      'content-type': 'application/vnd.api+json; charset=utf-8',
      'tfp-api-version': '2.6',
      'x-ratelimit-limit': '30',
      'x-ratelimit-remaining': '29',
      'x-ratelimit-reset': '1',
    },
    body: JSON.stringify(body),
  };
}
