import type { CustomFetch } from 'openid-client';
import { type Dispatcher, request } from 'undici';
import { outboundRefusal } from '../../../core/http/outbound/index.js';
import { ssoErrors } from './sso.errors.js';

/** Metadata, keys and tokens are a few kilobytes. */
const MAX_BYTES = 1024 * 1024;
/** Statuses whose answers carry no body; `Response` refuses one. */
const BODILESS = new Set([204, 205, 304]);

/**
 * `fetch` for openid-client over connections that pass the outbound guard. Redirects are answers, as the library wants it.
 * The provider is not reached: `OUTBOUND.*` or `SSO.PROVIDER_UNREACHABLE`, which the library wraps.
 */
export function guardedFetch(dispatcher: Dispatcher): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const { host } = new URL(url);
    try {
      const answer = await request(url, {
        dispatcher,
        method,
        headers,
        body: textOf(body),
        signal: signal ?? null,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAX_BYTES) throw new Error('the answer is too large');
        chunks.push(chunk);
      }
      if (answer.statusCode >= 500) throw new Error(`status ${answer.statusCode}`);
      return new Response(BODILESS.has(answer.statusCode) ? null : Buffer.concat(chunks), {
        status: answer.statusCode,
        headers: Object.entries(answer.headers).flatMap(([name, value]) =>
          [value ?? []].flat().map((one): [string, string] => [name, one]),
        ),
      });
    } catch (error) {
      throw outboundRefusal(error) ?? ssoErrors.unreachable(host, reasonOf(error), error);
    }
  };
}

function textOf(body: unknown): string | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('the body of a request to a provider is a form');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it broke off';
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : error.message;
}
