import type { HttpClient } from 'isomorphic-git';
import { tooLarge } from './transfer/checked-body.js';
import type { HttpDelivery } from './transfer/http-delivery.js';

/** The requests of the Git client through the guard, with an end to what a server may send. */
export function gitTransport(
  delivery: HttpDelivery,
  source: string,
  maxBytes: number,
): (signal: AbortSignal) => HttpClient {
  return (signal) => ({
    async request({ url, method = 'GET', headers = {}, body }) {
      const answer = await delivery.request(url, {
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        ...(body === undefined ? {} : { body: await collect(body) }),
        signal,
      });
      return {
        url: answer.url.href,
        method,
        statusCode: answer.status,
        statusMessage: String(answer.status),
        headers: textsOf(answer.headers),
        body: limited(answer.body, source, maxBytes),
      };
    },
  });
}

async function collect(parts: AsyncIterable<Uint8Array> | Uint8Array[]): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

async function* limited(
  body: AsyncIterable<unknown>,
  source: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    read += chunk.length;
    if (read > maxBytes) throw tooLarge(source, maxBytes);
    yield chunk;
  }
}

function textsOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}
