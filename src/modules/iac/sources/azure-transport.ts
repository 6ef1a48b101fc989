import { text } from 'node:stream/consumers';
import type { StoragePipelineOptions } from '@azure/storage-blob';
import { OutboundClient } from '../../../core/http/outbound/index.js';
import type { StateSourceAccess } from '../../../core/providers/index.js';

type HttpClient = NonNullable<StoragePipelineOptions['httpClient']>;
type SdkRequest = Parameters<HttpClient['sendRequest']>[0];
type SdkResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** The requests of the Azure SDK through the guard; nothing but reading leaves here, so no lease is ever taken. */
export class AzureTransport implements HttpClient {
  readonly #client: OutboundClient;

  constructor(access: StateSourceAccess) {
    this.#client = new OutboundClient(access.outbound, { idleTimeoutMs: access.idleMs });
  }

  async sendRequest(request: SdkRequest): Promise<SdkResponse> {
    const { method, url, abortSignal } = request;
    if (method !== 'GET' && method !== 'HEAD') throw new Error(`${method} is not a read`);
    const stop = new AbortController();
    abortSignal?.addEventListener('abort', () => stop.abort());
    if (abortSignal?.aborted === true) stop.abort();
    const { status, body, headers } = await this.#client.request(url, {
      method,
      headers: request.headers.rawHeaders(),
      signal: stop.signal,
    });
    const codes = request.streamResponseStatusCodes;
    const streamed = codes?.has(status) === true || codes?.has(Number.POSITIVE_INFINITY) === true;
    return {
      request,
      status,
      headers: headersOf(request, headers),
      ...(streamed ? { readableStreamBody: body } : { bodyAsText: await text(body) }),
    };
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** The SDK's own kind of headers, of which only a request has one to copy. */
function headersOf(
  request: SdkRequest,
  answer: Readonly<Record<string, string | string[] | undefined>>,
): SdkResponse['headers'] {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of Object.entries(answer)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  return headers;
}
