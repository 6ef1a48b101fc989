import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseRetryAfter } from '../../../../core/http/client/index.js';
import {
  type OutboundAnswer,
  OutboundClient,
  type OutboundRequest,
} from '../../../../core/http/outbound/index.js';
import { StateSourceError, type StateSourceAccess } from '../../../../core/providers/index.js';
import { discard, wholeBody } from './checked-body.js';
import { connectionFailure, statusFailure } from './failures.js';
import type { Delivery } from './streamed-document.js';

export interface HttpGet {
  /** The source as the user knows it. */
  readonly source: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** The right it takes, for messages. */
  readonly needs: string;
  readonly signal: AbortSignal;
}

type ClientOptions = ConstructorParameters<typeof OutboundClient>[1];

/** GET requests of a source, through the guard; everything that is no success is a `StateSourceError`. */
export class HttpDelivery {
  readonly #client: OutboundClient;

  constructor(
    private readonly access: StateSourceAccess,
    options: ClientOptions = {},
  ) {
    this.#client = new OutboundClient(access.outbound, {
      idleTimeoutMs: access.idleMs,
      ...options,
    });
  }

  async stream(get: HttpGet): Promise<Delivery> {
    const answer = await this.#get(get);
    const etag = answer.headers.etag;
    const packed = answer.headers['content-encoding'] === 'gzip';
    const length = Number(answer.headers['content-length'] ?? Number.NaN);
    return {
      body: packed ? unpacked(answer.body) : answer.body,
      size: packed || !Number.isSafeInteger(length) ? null : length,
      version: typeof etag === 'string' ? etag : null,
    };
  }

  async json(get: HttpGet): Promise<Record<string, unknown> | readonly unknown[]> {
    const { source, signal } = get;
    const { body, size } = await this.stream(get);
    const content = await wholeBody(body, { source, ...this.access, expected: size, signal });
    try {
      const value: unknown = JSON.parse(content.toString());
      if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    } catch {
      // Said below: the parser's own message quotes the text.
    }
    throw new StateSourceError('answer-invalid', source, 'the server does not answer with JSON.');
  }

  /** For clients of other protocols over HTTP, such as Git. Answers of any status. */
  request(url: string, options: OutboundRequest): Promise<OutboundAnswer> {
    return this.#client.request(url, options);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #get({ source, url, headers = {}, needs, signal }: HttpGet): Promise<OutboundAnswer> {
    try {
      const answer = await this.#client.request(url, { headers, signal });
      if (answer.status === 200) return answer;
      discard(answer.body);
      // Terraform's http backend answers so where nothing was stored yet.
      const status = answer.status === 204 ? 404 : answer.status;
      const after = answer.headers['retry-after'];
      throw statusFailure(source, status, needs, parseRetryAfter(after?.toString()));
    } catch (error) {
      throw connectionFailure(source, error, signal);
    }
  }
}

function unpacked(body: Readable): Readable {
  const gunzip = createGunzip();
  body.once('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => discard(body));
  return body.pipe(gunzip);
}
