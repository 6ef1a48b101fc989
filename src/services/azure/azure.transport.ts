import type { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { type Dispatcher, fetch, type Response } from 'undici';
import { outboundRefusal } from '../../core/http/outbound/index.js';

type ClientOptions = NonNullable<ConstructorParameters<typeof ResourceGraphClient>[1]>;
type HttpClient = NonNullable<ClientOptions['httpClient']>;
type SdkRequest = Parameters<HttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/**
 * The SDK's requests through `fetch`, over the connections of a dispatcher where one is given. Its own client (node-fetch 2) waits for ever
 * on a body whose connection broke off; this one fails at once. Redirects are answers like any other: nothing is sent to where they point.
 */
export function transportOver(dispatcher?: Dispatcher): HttpClient {
  return { sendRequest: (request) => send(request, dispatcher) };
}

async function send(request: SdkRequest, dispatcher?: Dispatcher): Promise<SdkResponse> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  request.abortSignal?.addEventListener('abort', onAbort);
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      body: (request.body as string | undefined) ?? null,
      redirect: 'manual',
      ...(dispatcher ? { dispatcher } : {}),
      signal: stop.signal,
    });
    const bodyAsText = await answer.text();
    return { request, status: answer.status, headers: headersOf(request, answer), bodyAsText };
  } catch (error) {
    throw brokenConnection(error);
  } finally {
    request.abortSignal?.removeEventListener('abort', onAbort);
  }
}

/** The SDK's own kind of headers, of which only a request has one to copy. */
function headersOf(request: SdkRequest, answer: Response): SdkResponse['headers'] {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  answer.headers.forEach((value, name) => headers.set(name, value));
  return headers;
}

/** The code is in the cause; the rest may quote the request. */
function brokenConnection(error: unknown): Error {
  const refusal = outboundRefusal(error);
  if (refusal) return refusal;
  const { cause, name } = (error ?? {}) as { cause?: { code?: unknown }; name?: unknown };
  const code = [cause?.code, name].find((text) => typeof text === 'string') ?? 'UnknownError';
  return Object.assign(new Error('the connection failed'), { code });
}
