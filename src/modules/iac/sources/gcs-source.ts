import { createPrivateKey } from 'node:crypto';
import { GoogleAuth, JWT } from 'google-auth-library';
import {
  type SourceDocument,
  type StateSource,
  type StateSourceAccess,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
} from '../../../core/providers/index.js';
import { DOCUMENT_ENDINGS } from './local-documents.js';
import { only } from './transfer/documents.js';
import { HttpDelivery } from './transfer/http-delivery.js';
import { StreamedDocument } from './transfer/streamed-document.js';

const SCOPES = ['https://www.googleapis.com/auth/devstorage.read_only'];
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
const OWN_ENDPOINT = 'https://storage.googleapis.com';

/**
 * Objects of Google Cloud Storage over its JSON API. A name that ends in `/` reads everything below that looks like declared state,
 * which is how Terraform lays out workspaces (`prefix/workspace.tfstate`). `generation` reads an older version.
 */
export const gcsSource: StateSourceFactory = {
  location: 'gcs',
  form: 'gs://bucket/object',
  parameters: ['generation', 'endpoint'],
  credentials: ['serviceAccountKey', 'accessToken'],
  matches: (scheme) => scheme === 'gs',
  open(request): StateSource {
    const { url, access } = request;
    const bucket = url.host;
    const key = decodeURIComponent(url.pathname.slice(1));
    const source = `gs://${bucket}/${key}`;
    const endpoint = url.searchParams.get('endpoint') ?? OWN_ENDPOINT;
    if (!BUCKET.test(bucket) || key === '' || !URL.canParse(endpoint)) {
      throw new StateSourceError('url-invalid', source, 'it is written gs://bucket/object.');
    }
    const place = new Bucket(
      `${new URL(endpoint).origin}/storage/v1/b/${encodeURIComponent(bucket)}/o`,
      bucket,
      access,
      tokensOf(request, source, endpoint === OWN_ENDPOINT),
    );
    const generation = url.searchParams.get('generation');
    return {
      description: source,
      documents: (signal) =>
        key.endsWith('/') ? place.below(key, signal) : only(place.object(key, generation, true)),
      close: () => place.delivery.close(),
    };
  },
};

interface Listing {
  readonly items?: readonly { readonly name?: string; readonly generation?: string }[];
  readonly nextPageToken?: string;
}

class Bucket {
  readonly delivery: HttpDelivery;

  constructor(
    private readonly objects: string,
    private readonly bucket: string,
    private readonly access: StateSourceAccess,
    private readonly token: () => Promise<string | null>,
  ) {
    this.delivery = new HttpDelivery(access);
  }

  object(key: string, generation: string | null, named: boolean): SourceDocument {
    const source = `gs://${this.bucket}/${key}`;
    const url = new URL(`${this.objects}/${encodeURIComponent(key)}?alt=media`);
    if (generation !== null) url.searchParams.set('generation', generation);
    const needs = 'storage.objects.get on it (role roles/storage.objectViewer)';
    return new StreamedDocument(
      source,
      this.access,
      async (signal) =>
        this.delivery.stream({ source, url, headers: await this.#headers(source), needs, signal }),
      named,
    );
  }

  async *below(prefix: string, signal: AbortSignal): AsyncGenerator<SourceDocument> {
    const source = `gs://${this.bucket}/${prefix}`;
    const needs = 'storage.objects.list on the bucket (role roles/storage.objectViewer)';
    let page: string | undefined;
    let found = 0;
    do {
      const url = new URL(this.objects);
      url.searchParams.set('prefix', prefix);
      url.searchParams.set('fields', 'items(name,generation),nextPageToken');
      if (page !== undefined) url.searchParams.set('pageToken', page);
      const headers = await this.#headers(source);
      const answer = await this.delivery.json({ source, url, headers, needs, signal });
      const { items = [], nextPageToken } = answer as Listing;
      for (const { name = '', generation = null } of items) {
        if (!DOCUMENT_ENDINGS.some((ending) => name.endsWith(ending))) continue;
        found += 1;
        // The generation of the listing: what is written in the meantime is read by the next scan.
        yield this.object(name, generation, false);
      }
      page = nextPageToken;
    } while (page !== undefined);
    if (found > 0) return;
    const wanted = DOCUMENT_ENDINGS.join(', ');
    throw new StateSourceError('missing', source, `nothing below it ends in ${wanted}.`);
  }

  async #headers(source: string): Promise<Record<string, string>> {
    const headers = { 'accept-encoding': 'identity' };
    try {
      const token = await this.token();
      return token === null ? headers : { ...headers, authorization: `Bearer ${token}` };
    } catch {
      throw new StateSourceError('denied', source, 'Google gives no token for these credentials.');
    }
  }
}

/** Only kinds of credentials that name no host, file or program of their own; `token_uri` of a key is not called. */
function tokensOf(
  { credentials, access }: StateSourceRequest,
  source: string,
  ownEndpoint: boolean,
): () => Promise<string | null> {
  const { serviceAccountKey, accessToken } = credentials;
  if (accessToken) return () => Promise.resolve(accessToken);
  if (serviceAccountKey) {
    const client = clientOf(serviceAccountKey, source);
    return async () => (await client.getAccessToken()).token ?? null;
  }
  if (access.localCredentials && ownEndpoint) {
    const auth = new GoogleAuth({ scopes: SCOPES });
    return async () => (await auth.getAccessToken()) ?? null;
  }
  return () => Promise.resolve(null);
}

function clientOf(document: string, source: string): JWT {
  const fail = (message: string): StateSourceError =>
    new StateSourceError('credentials-invalid', source, message);
  let key: { type?: unknown; client_email?: unknown; private_key?: unknown };
  try {
    key = JSON.parse(document) as typeof key;
  } catch {
    throw fail('serviceAccountKey is not JSON: give the content of the key file.');
  }
  const { type, client_email: email, private_key: pem } = key;
  if (type !== 'service_account' || typeof email !== 'string' || typeof pem !== 'string') {
    throw fail('serviceAccountKey is no key of a service account (type service_account).');
  }
  try {
    createPrivateKey(pem);
  } catch {
    throw fail('the private_key of serviceAccountKey is not a readable PEM key.');
  }
  return new JWT({ email, key: pem, scopes: SCOPES });
}
