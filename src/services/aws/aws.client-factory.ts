import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { ConfigServiceClientConfig } from '@aws-sdk/client-config-service';
import { STSClient } from '@aws-sdk/client-sts';
import {
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
} from '@aws-sdk/credential-providers';
import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';
import type { AwsInventoryOptions } from './aws.options.js';

/** Replaces the SDK's own retries: ours end the moment the scan is cancelled, and see the errors as they were thrown. */
const NO_SDK_RETRIES = {
  name: 'retryMiddleware',
  step: 'finalizeRequest',
  priority: 'high',
  override: true,
} as const;

type CredentialSource = NonNullable<ConfigServiceClientConfig['credentials']>;

/** The SDK clients of one scan, one per region, with that scan's credentials; `close` drops both. */
export class AwsClients {
  private readonly configClients = new Map<string, ConfigServiceClient>();
  private readonly stsClients = new Map<string, STSClient>();
  private readonly credentials: CredentialSource;

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: AwsInventoryOptions,
  ) {
    this.credentials = this.assumedRole(this.baseCredentials());
  }

  /** The region of the credentials where the connection names none; throws an `InventoryError` when there is none. */
  async defaultRegion(): Promise<string> {
    const { region } = this.connection.credentials;
    if (region) return region;
    if (this.options.localCredentials) {
      const found = await this.sts()
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

  config(region: string): ConfigServiceClient {
    const known = this.configClients.get(region);
    if (known) return known;
    const client = new ConfigServiceClient({
      ...this.settings(region),
      credentials: this.credentials,
    });
    client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
    this.configClients.set(region, client);
    return client;
  }

  /** Without a region the SDK looks for the machine's own. */
  sts(region?: string): STSClient {
    const known = this.stsClients.get(region ?? '');
    if (known) return known;
    const client = new STSClient({ ...this.settings(region), credentials: this.credentials });
    client.middlewareStack.add((next) => (args) => next(args), NO_SDK_RETRIES);
    this.stsClients.set(region ?? '', client);
    return client;
  }

  close(): void {
    for (const client of [...this.configClients.values(), ...this.stsClients.values()])
      client.destroy();
    this.configClients.clear();
    this.stsClients.clear();
  }

  private settings(region: string | undefined) {
    const { endpoint } = this.connection;
    const agent = { keepAlive: true, maxSockets: this.options.concurrency };
    return {
      maxAttempts: 1,
      ...(region === undefined ? {} : { region }),
      ...(endpoint === null ? {} : { endpoint }),
      requestHandler: {
        connectionTimeout: Math.min(10_000, this.options.callTimeoutMs),
        httpAgent: agent,
        httpsAgent: agent,
      },
    };
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

  private assumedRole(base: CredentialSource): CredentialSource {
    const { roleArn, externalId, region } = this.connection.credentials;
    if (!roleArn) return base;
    const { region: home = 'us-east-1', ...settings } = this.settings(
      region ?? this.connection.regions[0],
    );
    return fromTemporaryCredentials({
      masterCredentials: base,
      params: {
        RoleArn: roleArn,
        RoleSessionName: 'driftguard',
        ...(externalId ? { ExternalId: externalId } : {}),
      },
      clientConfig: { ...settings, region: home },
    });
  }
}
