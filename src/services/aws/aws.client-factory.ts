import { AccountClient } from '@aws-sdk/client-account';
import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { ConfigServiceClientConfig } from '@aws-sdk/client-config-service';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import {
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
} from '@aws-sdk/credential-providers';
import { guardedAgents } from '../../core/http/outbound/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';
import type { AwsInventoryOptions } from './aws.options.js';
import type { AwsRole } from './aws.settings.js';

/** Replaces the SDK's own retries: ours end the moment the scan is cancelled, and see the errors as they were thrown. */
const NO_SDK_RETRIES = {
  name: 'retryMiddleware',
  step: 'finalizeRequest',
  priority: 'high',
  override: true,
} as const;

/** To one host; regions and services have hosts of their own. */
const MAX_SOCKETS = 32;

type CredentialSource = NonNullable<ConfigServiceClientConfig['credentials']>;
type RequestHandler = ConfigServiceClient['config']['requestHandler'];

/** The SDK clients of one scan, with that scan's credentials; `close` drops both. */
export class AwsClients {
  /** Clients that act as the credentials of the connection. */
  readonly base: AccountClients;
  private readonly accounts = new Map<string, AccountClients>();
  private readonly credentials: CredentialSource;
  private handler: RequestHandler | null = null;

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: AwsInventoryOptions,
    private readonly sessionName: string,
  ) {
    const { roleArn, externalId } = connection.credentials;
    const own = this.baseCredentials();
    this.credentials = roleArn
      ? this.assume(own, { arn: roleArn, externalId: externalId ?? null }, connection.regions[0])
      : own;
    this.base = this.clientsFor(this.credentials);
  }

  /** Clients that act as a role; the same ones each time. `home` is where STS is asked for it. */
  as(role: AwsRole, home: string): AccountClients {
    const known = this.accounts.get(role.arn);
    if (known) return known;
    const clients = this.clientsFor(this.assume(this.credentials, role, home));
    this.accounts.set(role.arn, clients);
    return clients;
  }

  /** The region of the credentials where the connection names none; throws an `InventoryError` when there is none. */
  async defaultRegion(): Promise<string> {
    const { region } = this.connection.credentials;
    if (region) return region;
    if (this.options.localCredentials) {
      const found = await this.base
        .sts()
        .config.region()
        .catch(() => '');
      if (found) return found;
    }
    throw new InventoryError(
      'connection-invalid',
      'aws',
      'No AWS region is named: give the environment at least one region.',
    );
  }

  close(): void {
    for (const clients of [this.base, ...this.accounts.values()]) clients.close();
    this.accounts.clear();
  }

  private clientsFor(credentials: CredentialSource): AccountClients {
    return new AccountClients((region) => ({ ...this.settings(region), credentials }));
  }

  /** All clients share one pool of sockets: a hundred accounts would otherwise open a hundred. */
  private settings(region: string | undefined) {
    const { endpoint } = this.connection;
    return {
      maxAttempts: 1,
      ...(region === undefined ? {} : { region }),
      ...(endpoint === null ? {} : { endpoint }),
      requestHandler: (this.handler ??= this.newHandler()),
    };
  }

  private newHandler(): RequestHandler {
    const { endpoint, outbound } = this.connection;
    const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
    const agents =
      endpoint === null || outbound === undefined
        ? { http: options, https: options }
        : guardedAgents(outbound, options);
    const requestHandler = {
      connectionTimeout: Math.min(10_000, this.options.callTimeoutMs),
      httpAgent: agents.http,
      httpsAgent: agents.https,
    };
    return new ConfigServiceClient({ region: 'us-east-1', requestHandler }).config.requestHandler;
  }

  private baseCredentials(): CredentialSource {
    const { accessKeyId, secretAccessKey, sessionToken, profile } = this.connection.credentials;
    if (accessKeyId && secretAccessKey) {
      return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    }
    if (!this.options.localCredentials) {
      throw new InventoryError(
        'connection-invalid',
        'aws',
        'The AWS credentials need accessKeyId and secretAccessKey.',
      );
    }
    return profile ? fromIni({ profile }) : fromNodeProviderChain();
  }

  private assume(
    base: CredentialSource,
    { arn, externalId }: AwsRole,
    home: string | undefined,
  ): CredentialSource {
    const region = this.connection.credentials.region ?? home;
    return fromTemporaryCredentials({
      masterCredentials: base,
      params: {
        RoleArn: arn,
        RoleSessionName: this.sessionName,
        ...(externalId ? { ExternalId: externalId } : {}),
      },
      clientConfig: { ...this.settings(undefined), region: region ?? 'us-east-1' },
    });
  }
}

interface ClientSettings {
  readonly maxAttempts: number;
  readonly region?: string;
  readonly endpoint?: string;
  readonly requestHandler: RequestHandler;
  readonly credentials: CredentialSource;
}

/** The SDK clients of one identity, one of each service and region. */
export class AccountClients {
  private readonly open = new Map<string, { destroy(): void }>();

  constructor(private readonly settings: (region?: string) => ClientSettings) {}

  config(region: string): ConfigServiceClient {
    return this.once('config', region, (settings) => {
      const client = new ConfigServiceClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  cloudControl(region: string): CloudControlClient {
    return this.once('cloudcontrol', region, (settings) => {
      const client = new CloudControlClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  cloudTrail(region: string): CloudTrailClient {
    return this.once('cloudtrail', region, (settings) => {
      const client = new CloudTrailClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  organizations(region: string): OrganizationsClient {
    return this.once('organizations', region, (settings) => {
      const client = new OrganizationsClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  account(region: string): AccountClient {
    return this.once('account', region, (settings) => {
      const client = new AccountClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  /** Without a region the SDK looks for the machine's own. */
  sts(region?: string): STSClient {
    return this.once('sts', region, (settings) => {
      const client = new STSClient(settings);
      client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
      return client;
    });
  }

  close(): void {
    for (const client of this.open.values()) client.destroy();
    this.open.clear();
  }

  private once<T extends { destroy(): void }>(
    service: string,
    region: string | undefined,
    make: (settings: ClientSettings) => T,
  ): T {
    const key = `${service} ${region ?? ''}`;
    const known = this.open.get(key);
    if (known) return known as T;
    const client = make(this.settings(region));
    this.open.set(key, client);
    return client;
  }
}
