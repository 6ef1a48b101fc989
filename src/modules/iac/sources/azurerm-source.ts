import type { Readable } from 'node:stream';
import { ClientSecretCredential, DefaultAzureCredential } from '@azure/identity';
import {
  AnonymousCredential,
  BlobServiceClient,
  type ContainerClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import {
  type SourceDocument,
  type StateSource,
  type StateSourceAccess,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
} from '../../../core/providers/index.js';
import { AzureTransport } from './azure-transport.js';
import { DOCUMENT_ENDINGS } from './local-documents.js';
import { only } from './transfer/documents.js';
import { connectionFailure, statusFailure } from './transfer/failures.js';
import { StreamedDocument } from './transfer/streamed-document.js';

const ACCOUNT = /^[a-z0-9]{3,24}$/;
const CONTAINER = /^[$a-z0-9][a-z0-9-]{1,62}$/;
const OWN_HOST =
  /^[a-z0-9]{3,24}(-secondary)?\.blob\.(core\.windows\.net|core\.usgovcloudapi\.net|core\.chinacloudapi\.cn)$/;
const NEEDS = 'the role Storage Blob Data Reader on the container';

/**
 * Blobs of Azure Storage, as Terraform's `azurerm` backend writes them. A lease somebody else holds does not hinder reading, and none
 * is ever taken. A name that ends in `/` reads everything below that looks like declared state.
 */
export const azurermSource: StateSourceFactory = {
  location: 'azurerm',
  form: 'azblob://account/container/blob',
  parameters: ['endpoint', 'version', 'snapshot'],
  credentials: ['accountKey', 'sasToken', 'tenantId', 'clientId', 'clientSecret'],
  matches: (scheme, url) =>
    scheme === 'azblob' || (scheme === 'https' && OWN_HOST.test(url.hostname)),
  open(request): StateSource {
    const place = readPlace(request);
    const transport = new AzureTransport(request.access);
    const container = clientOf(request, place, transport).getContainerClient(place.container);
    const { searchParams } = request.url;
    const facts = {
      version: searchParams.get('version'),
      snapshot: searchParams.get('snapshot'),
      etag: null,
      named: true,
    };
    const blobs = { container, access: request.access, shown: place.shown };
    return {
      description: `${place.shown}/${place.blob}`,
      documents: (signal) =>
        place.blob.endsWith('/')
          ? listing(blobs, place.blob, signal)
          : only(document(blobs, place.blob, facts)),
      close: () => transport.close(),
    };
  },
};

interface Place {
  readonly account: string;
  readonly endpoint: string;
  readonly container: string;
  readonly blob: string;
  /** Account and container, for messages. */
  readonly shown: string;
}

function readPlace({ url, text }: StateSourceRequest): Place {
  const [, container = '', ...rest] = url.pathname.split('/');
  const account = url.protocol === 'azblob:' ? url.host : (url.host.split('.')[0] ?? '');
  const endpoint =
    url.searchParams.get('endpoint') ??
    (url.protocol === 'azblob:' ? `https://${account}.blob.core.windows.net` : url.origin);
  const blob = decodeURIComponent(rest.join('/'));
  if (
    !ACCOUNT.test(account) ||
    !CONTAINER.test(container) ||
    blob === '' ||
    !URL.canParse(endpoint)
  ) {
    throw new StateSourceError(
      'url-invalid',
      text.split('?')[0] ?? '',
      'it is written azblob://account/container/blob.',
    );
  }
  return { account, endpoint, container, blob, shown: `azblob://${account}/${container}` };
}

function clientOf(
  { credentials, access }: StateSourceRequest,
  { account, endpoint, shown }: Place,
  transport: AzureTransport,
): BlobServiceClient {
  const options: StoragePipelineOptions = {
    httpClient: transport,
    retryOptions: { maxTries: 3, tryTimeoutInMs: access.idleMs },
  };
  const { accountKey, sasToken, tenantId, clientId, clientSecret } = credentials;
  if (sasToken) {
    return new BlobServiceClient(`${endpoint}?${sasToken.replace(/^\?/, '')}`, undefined, options);
  }
  if (accountKey) {
    const key = new StorageSharedKeyCredential(account, accountKey);
    return new BlobServiceClient(endpoint, key, options);
  }
  if (tenantId && clientId && clientSecret) {
    const secret = new ClientSecretCredential(tenantId, clientId, clientSecret);
    return new BlobServiceClient(endpoint, secret, options);
  }
  if (tenantId || clientId || clientSecret) {
    throw new StateSourceError(
      'credentials-invalid',
      shown,
      'a client needs tenantId, clientId and clientSecret.',
    );
  }
  const own = access.localCredentials ? new DefaultAzureCredential() : new AnonymousCredential();
  return new BlobServiceClient(endpoint, own, options);
}

interface Blobs {
  readonly container: ContainerClient;
  readonly access: StateSourceAccess;
  readonly shown: string;
}

interface BlobFacts {
  readonly version: string | null;
  readonly snapshot: string | null;
  /** As the listing told it: the blob has to be that one still. */
  readonly etag: string | null;
  readonly named: boolean;
}

function document(
  { container, access, shown }: Blobs,
  blob: string,
  { version, snapshot, etag, named }: BlobFacts,
): SourceDocument {
  const source = `${shown}/${blob}`;
  const plain = container.getBlobClient(blob);
  const versioned = version === null ? plain : plain.withVersion(version);
  const client = snapshot === null ? versioned : versioned.withSnapshot(snapshot);
  const fetch = async (signal: AbortSignal) => {
    try {
      const answer = await client.download(0, undefined, {
        abortSignal: signal,
        ...(etag === null ? {} : { conditions: { ifMatch: etag } }),
      });
      return {
        body: answer.readableStreamBody as Readable,
        size: answer.contentLength ?? null,
        version: answer.versionId ?? answer.etag ?? null,
      };
    } catch (error) {
      throw azureFailure(source, error, signal);
    }
  };
  return new StreamedDocument(source, access, fetch, named);
}

async function* listing(
  blobs: Blobs,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<SourceDocument> {
  const source = `${blobs.shown}/${prefix}`;
  let found = 0;
  try {
    for await (const item of blobs.container.listBlobsFlat({ prefix, abortSignal: signal })) {
      if (!DOCUMENT_ENDINGS.some((ending) => item.name.endsWith(ending))) continue;
      found += 1;
      const { etag } = item.properties;
      yield document(blobs, item.name, { version: null, snapshot: null, etag, named: false });
    }
  } catch (error) {
    throw azureFailure(source, error, signal);
  }
  if (found > 0) return;
  const wanted = DOCUMENT_ENDINGS.join(', ');
  throw new StateSourceError('missing', source, `nothing below it ends in ${wanted}.`);
}

function azureFailure(source: string, error: unknown, signal: AbortSignal): Error {
  if (error instanceof Error && !signal.aborted) {
    const { statusCode } = error as { statusCode?: unknown };
    if (typeof statusCode === 'number' && statusCode >= 300) {
      return statusFailure(source, statusCode, NEEDS);
    }
    if (/Authentication|CredentialUnavailable/.test(error.name)) {
      return new StateSourceError('denied', source, 'Entra gives no token for these credentials.');
    }
  }
  return connectionFailure(source, error, signal);
}
