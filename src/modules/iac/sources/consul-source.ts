import { createHash } from 'node:crypto';
import {
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
} from '../../../core/providers/index.js';
import { BufferedDocument, type Fetched } from './transfer/buffered-document.js';
import { isGzip, tooLarge, unzip } from './transfer/checked-body.js';
import { only } from './transfer/documents.js';
import { HttpDelivery } from './transfer/http-delivery.js';

const NEEDS = 'a token with key read on the path (key_prefix "path" { policy = "read" })';

/**
 * Terraform's `consul` backend. A state that is too large for one key is an index with the hash and the keys of its pieces; both
 * layouts may be packed with gzip. No session is opened and no lock taken.
 */
export const consulSource: StateSourceFactory = {
  location: 'consul',
  form: 'consul://HOST:8500/path',
  parameters: ['scheme', 'datacenter', 'workspace'],
  credentials: ['token', 'username', 'password'],
  matches: (scheme) => scheme === 'consul',
  open(request): StateSource {
    const { url } = request;
    const path = decodeURIComponent(url.pathname.slice(1));
    const source = `consul://${url.host}/${path}`;
    const scheme = url.searchParams.get('scheme') ?? 'https';
    if (url.hostname === '' || path === '' || (scheme !== 'http' && scheme !== 'https')) {
      throw new StateSourceError(
        'url-invalid',
        source,
        'it is written consul://host:port/path, and scheme is http or https.',
      );
    }
    const workspace = url.searchParams.get('workspace') ?? 'default';
    const key = workspace === 'default' ? path : `${path}-env:${workspace}`;
    const store = new KeyValueStore(request, source, scheme);
    return {
      description: source,
      documents: () =>
        only(
          new BufferedDocument(source, (signal) => store.state(key, signal), {
            kind: 'terraform-state',
          }),
        ),
      close: () => store.delivery.close(),
    };
  },
};

interface Pair {
  readonly Value?: unknown;
  readonly ModifyIndex?: unknown;
}

interface Entry {
  readonly value: Buffer;
  readonly version: string;
}

class KeyValueStore {
  readonly delivery: HttpDelivery;

  constructor(
    private readonly request: StateSourceRequest,
    private readonly source: string,
    private readonly scheme: string,
  ) {
    this.delivery = new HttpDelivery(request.access);
  }

  async state(key: string, signal: AbortSignal): Promise<Fetched> {
    const { source } = this;
    const { maxBytes } = this.request.access;
    const entry = await this.#get(key, signal);
    const index = chunkIndex(entry.value);
    if (index === null) {
      const content = isGzip(entry.value)
        ? await unzip(entry.value, source, maxBytes)
        : entry.value;
      return { content, version: entry.version };
    }
    const pieces: Buffer[] = [];
    let length = 0;
    for (const chunk of index.chunks) {
      // The pieces of a state lie below its key; anything else was not written by the backend.
      if (!chunk.startsWith(`${key.replace(/\/+$/, '')}/`)) throw this.#invalid();
      const { value } = await this.#get(chunk, signal, true);
      length += value.length;
      if (length > maxBytes) throw tooLarge(source, maxBytes);
      pieces.push(value);
    }
    const packed = Buffer.concat(pieces);
    const content = isGzip(packed) ? await unzip(packed, source, maxBytes) : packed;
    if (createHash('md5').update(content).digest('hex') !== index.hash) throw this.#changed();
    return { content, version: index.hash };
  }

  async #get(key: string, signal: AbortSignal, piece = false): Promise<Entry> {
    const { url: given, credentials } = this.request;
    const path = key.split('/').map(encodeURIComponent).join('/');
    const url = new URL(`${this.scheme}://${given.host}/v1/kv/${path}`);
    const datacenter = given.searchParams.get('datacenter');
    if (datacenter !== null) url.searchParams.set('dc', datacenter);
    const { token, username, password } = credentials;
    const pair = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    const headers = {
      ...(token ? { 'x-consul-token': token } : {}),
      ...(username ? { authorization: `Basic ${pair}` } : {}),
    };
    try {
      const answer = await this.delivery.json({
        source: this.source,
        url,
        headers,
        needs: NEEDS,
        signal,
      });
      const [first] = Array.isArray(answer) ? (answer as Pair[]) : [];
      if (typeof first?.Value !== 'string') throw this.#invalid();
      const version = String(first.ModifyIndex);
      return { value: Buffer.from(first.Value, 'base64'), version };
    } catch (error) {
      // A new state removes the pieces of the old one.
      if (piece && error instanceof StateSourceError && error.failure === 'missing') {
        throw this.#changed();
      }
      throw error;
    }
  }

  #changed(): StateSourceError {
    return new StateSourceError('changed', this.source, 'it was replaced while it was read.');
  }

  #invalid(): StateSourceError {
    return new StateSourceError(
      'answer-invalid',
      this.source,
      'this is no state of the consul backend.',
    );
  }
}

function chunkIndex(value: Buffer): { hash: string; chunks: readonly string[] } | null {
  if (isGzip(value) || !value.includes('"current-hash"')) return null;
  try {
    const index = JSON.parse(value.toString()) as Record<string, unknown>;
    const { 'current-hash': hash, chunks } = index;
    if (typeof hash !== 'string' || !Array.isArray(chunks)) return null;
    return { hash, chunks: chunks.map(String) };
  } catch {
    return null;
  }
}
