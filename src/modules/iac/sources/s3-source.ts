import { type Readable } from 'node:stream';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';
import { AWS_CREDENTIALS, AWS_PARAMETERS, awsAccess } from './aws-access.js';
import { awsFailure } from './aws-failures.js';
import { DOCUMENT_ENDINGS } from './local-documents.js';
import { only } from './transfer/documents.js';
import { StreamedDocument } from './transfer/streamed-document.js';

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * Objects of S3 or of what speaks its protocol. A key that ends in `/` reads everything below that looks like declared state.
 * `version` reads an older version. The lock file or table of the backend is not touched.
 */
export const s3Source: StateSourceFactory = {
  location: 's3',
  form: 's3://bucket/key',
  parameters: [...AWS_PARAMETERS, 'version'],
  credentials: AWS_CREDENTIALS,
  matches: (scheme) => scheme === 's3',
  open(request): StateSource {
    const { url, access } = request;
    const bucket = url.host;
    const key = decodeURIComponent(url.pathname.slice(1));
    const source = `s3://${bucket}/${key}`;
    if (!BUCKET.test(bucket) || key === '') {
      throw new StateSourceError('url-invalid', source, 'it is written s3://bucket/key?region=….');
    }
    const aws = awsAccess(request, source, url.searchParams.get('region') ?? 'us-east-1');
    const client = new S3Client({
      ...aws.settings,
      forcePathStyle: aws.settings.endpoint !== undefined || bucket.includes('.'),
      followRegionRedirects: true,
    });
    const bucketIn = { client, bucket, access };
    const version = url.searchParams.get('version');
    return {
      description: source,
      documents: (signal) =>
        key.endsWith('/')
          ? listing(bucketIn, key, signal)
          : only(object(bucketIn, { key, version, etag: null, named: true })),
      close: () => {
        client.destroy();
        aws.close();
        return Promise.resolve();
      },
    };
  },
};

interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  readonly access: Parameters<StateSourceFactory['open']>[0]['access'];
}

interface ObjectFacts {
  readonly key: string;
  readonly version: string | null;
  /** As the listing told it: the object has to be that one still. */
  readonly etag: string | null;
  readonly named: boolean;
}

function object(
  { client, bucket, access }: Bucket,
  { key, version, etag, named }: ObjectFacts,
): SourceDocument {
  const name = `s3://${bucket}/${key}`;
  const fetch = async (signal: AbortSignal) => {
    try {
      const answer = await client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(version === null ? {} : { VersionId: version }),
          ...(etag === null ? {} : { IfMatch: etag }),
        }),
        { abortSignal: signal },
      );
      return {
        body: answer.Body as Readable,
        size: answer.ContentLength ?? null,
        version: answer.VersionId ?? answer.ETag ?? null,
      };
    } catch (error) {
      const right = version === null ? 's3:GetObject' : 's3:GetObjectVersion';
      throw awsFailure(
        name,
        error,
        `${right} on it (and kms:Decrypt on its key, if it has one)`,
        signal,
      );
    }
  };
  return new StreamedDocument(name, access, fetch, named);
}

async function* listing(
  place: Bucket,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<SourceDocument> {
  const { client, bucket } = place;
  const source = `s3://${bucket}/${prefix}`;
  let found = 0;
  try {
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
    for await (const { Contents: objects = [] } of pages) {
      signal.throwIfAborted();
      for (const { Key: key = '', ETag: etag = null } of objects) {
        if (!DOCUMENT_ENDINGS.some((ending) => key.endsWith(ending))) continue;
        found += 1;
        yield object(place, { key, version: null, etag, named: false });
      }
    }
  } catch (error) {
    throw awsFailure(source, error, 's3:ListBucket on the bucket', signal);
  }
  if (found === 0) {
    throw new StateSourceError(
      'missing',
      source,
      `nothing below it ends in ${DOCUMENT_ENDINGS.join(', ')}.`,
    );
  }
}
