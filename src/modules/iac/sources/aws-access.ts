import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { guardedAgents } from '../../../core/http/outbound/index.js';
import { StateSourceError, type StateSourceRequest } from '../../../core/providers/index.js';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const CONNECT_MS = 10_000;

/** Of every source that is read with the AWS SDK; `role_arn` and `external_id` are no secrets. */
export const AWS_PARAMETERS = ['region', 'endpoint', 'role_arn', 'external_id'];
export const AWS_CREDENTIALS = [
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'roleArn',
  'externalId',
];

type Credentials = NonNullable<S3ClientConfig['credentials']>;

export interface AwsAccess {
  readonly region: string;
  /** Of an SDK client: region, endpoint, credentials, and connections through the guard. */
  readonly settings: Pick<S3ClientConfig, 'region' | 'credentials' | 'maxAttempts'> & {
    readonly endpoint?: string;
    readonly requestHandler: {
      readonly connectionTimeout: number;
      readonly requestTimeout: number;
      readonly throwOnRequestTimeout: boolean;
      readonly httpAgent: ReturnType<typeof guardedAgents>['http'];
      readonly httpsAgent: ReturnType<typeof guardedAgents>['https'];
    };
  };
  close(): void;
}

/** @throws StateSourceError for a region, role or endpoint that is none, or missing keys */
export function awsAccess(request: StateSourceRequest, source: string, region: string): AwsAccess {
  const { url, credentials, access } = request;
  const fail = (message: string): StateSourceError =>
    new StateSourceError('url-invalid', source, message);
  // The region becomes part of the host that is called.
  if (!REGION.test(region)) throw fail(`${JSON.stringify(region)} is no AWS region.`);
  const endpoint = url.searchParams.get('endpoint');
  if (endpoint !== null && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw fail('endpoint is no http or https address.');
  }
  const roleArn = url.searchParams.get('role_arn') ?? credentials.roleArn;
  if (roleArn && !ROLE.test(roleArn)) throw fail('role_arn is not the ARN of a role.');
  const agents = guardedAgents(access.outbound);
  const settings = {
    region,
    maxAttempts: 3,
    ...(endpoint === null ? {} : { endpoint }),
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: access.idleMs,
      throwOnRequestTimeout: true,
      httpAgent: agents.http,
      httpsAgent: agents.https,
    },
  };
  const own = ownCredentials(request, source);
  const externalId = url.searchParams.get('external_id') ?? credentials.externalId;
  return {
    region,
    settings: {
      ...settings,
      credentials: roleArn
        ? fromTemporaryCredentials({
            masterCredentials: own,
            params: {
              RoleArn: roleArn,
              RoleSessionName: 'driftguard',
              ...(externalId ? { ExternalId: externalId } : {}),
            },
            clientConfig: settings,
          })
        : own,
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function ownCredentials({ credentials, access }: StateSourceRequest, source: string): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  }
  if (access.localCredentials) return fromNodeProviderChain();
  throw new StateSourceError(
    'credentials-invalid',
    source,
    'it needs the credentials accessKeyId and secretAccessKey.',
  );
}
