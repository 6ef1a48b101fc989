import { createHash } from 'node:crypto';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { TokenCredential } from '@azure/identity';
import type { InventoryConnection } from '../../core/providers/index.js';
import { credentialOf, principalOf } from './azure.credential.js';
import type { AzureInventoryOptions } from './azure.options.js';
import { readTarget } from './azure.target.js';
import type { AzureTarget } from './azure.target.js';
import { transportOver } from './azure.transport.js';
import { AzureConnections } from './guarded-connections.js';

type ClientOptions = NonNullable<ConstructorParameters<typeof ResourceGraphClient>[1]>;
type PolicyFactory = Extract<ClientOptions['requestPolicyFactories'], readonly unknown[]>[number];

const SCOPE = 'https://management.azure.com/.default';
const SOVEREIGN = /^https:\/\/management\.(usgovcloudapi\.net|chinacloudapi\.cn)$/;

/** The SDK client of one scan with that scan's credential. */
export class AzureClients {
  readonly target: AzureTarget;
  readonly graph: ResourceGraphClient;
  private readonly credential: TokenCredential;
  private readonly connections: AzureConnections;

  constructor(
    private readonly connection: InventoryConnection,
    options: AzureInventoryOptions,
  ) {
    this.target = readTarget(connection);
    this.connections = new AzureConnections(connection);
    this.credential = credentialOf(connection, options.localCredentials, this.connections.policies);
    this.graph = new ResourceGraphClient(this.credential, {
      baseUri: this.target.endpoint,
      httpClient: transportOver(this.connections.dispatcher),
      // Ours end the moment the scan is cancelled, and see the errors as they were thrown.
      noRetryPolicy: true,
      redirectOptions: { handleRedirects: false },
      requestPolicyFactories: (defaults) => [...defaults, READ_ONLY],
    });
  }

  /** Whose quotas the calls use; names a secret by its hash. */
  get user(): string {
    const { tenantId = '', clientId, accessToken } = this.connection.credentials;
    const hash = createHash('sha256').update(accessToken ?? '');
    return `${tenantId}/${clientId ?? hash.digest('base64url')}`;
  }

  /** Fetches a token, which proves the credential where Entra gives it. Null when the token does not say whose it is. */
  async principal(signal: AbortSignal): Promise<string | null> {
    const { endpoint } = this.target;
    const scope = SOVEREIGN.test(endpoint) ? `${endpoint}/.default` : SCOPE;
    const answer = await this.connections.told(
      this.credential.getToken(scope, { abortSignal: signal }),
    );
    return principalOf(answer?.token ?? '') ?? this.connection.credentials.clientId ?? null;
  }

  /** Ends every connection; safe to call twice. */
  close(): Promise<void> {
    return this.connections.close();
  }
}

/** The SDK's own pipeline would register a missing resource provider, which is a write; nothing but reading leaves here. */
const READ_ONLY: PolicyFactory = {
  create: (next) => ({
    sendRequest: (request) => {
      const { pathname } = new URL(request.url);
      const query =
        request.method === 'POST' && pathname.endsWith('/Microsoft.ResourceGraph/resources');
      if (query || request.method === 'GET') return next.sendRequest(request);
      return Promise.reject(new Error(`${request.method} is not a read`));
    },
  }),
};
