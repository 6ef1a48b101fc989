import http from 'node:http';
import https from 'node:https';
import { AssetServiceClient } from '@google-cloud/asset';
import type { AuthClient } from 'google-auth-library';
import { guardedAgents, type OutboundGuard } from '../../core/http/outbound/index.js';
import type { GcpEndpoint } from './gcp.connection.js';
import type { GcpCredential } from './gcp.credentials.js';
import type { GcpInventoryOptions } from './gcp.options.js';

/** The SDK client of one listing, over REST. */
export interface GcpClient {
  readonly assets: AssetServiceClient;
  /** The same credentials and connections for what the SDK has no client for. */
  readonly auth: AuthClient;
  /** Cloud Logging, without a slash at the end; a named endpoint stands for all of Google's. */
  readonly logging: string;
  /** The project whose quota the calls use; null when the credentials do not say. */
  readonly quotaProject: string | null;
  /** Closes the sockets. */
  close(): void;
}

const LOGGING = 'https://logging.googleapis.com';

/** Every request of the client ends when `signal` aborts: the SDK's own calls cannot be given one. */
export async function openClient(
  credential: GcpCredential,
  endpoint: GcpEndpoint | null,
  options: GcpInventoryOptions,
  signal: AbortSignal,
  outbound?: OutboundGuard,
): Promise<GcpClient> {
  const sockets = { keepAlive: true, maxSockets: options.concurrency };
  const own =
    endpoint === null || outbound === undefined
      ? { http: new http.Agent(sockets), https: new https.Agent(sockets) }
      : guardedAgents(outbound, sockets);
  const agents = { 'http:': own.http, 'https:': own.https };
  const authClient = await credential.createAuth();
  bindRequests(authClient, agents, options.callTimeoutMs, signal);
  const assets = new AssetServiceClient({
    fallback: true,
    authClient,
    ...(endpoint ?? {}),
  });
  return {
    assets,
    auth: authClient,
    logging:
      endpoint === null
        ? LOGGING
        : `${endpoint.protocol}://${endpoint.apiEndpoint}:${endpoint.port}`,
    quotaProject: credential.projectId,
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function bindRequests(
  auth: AuthClient,
  agents: Readonly<Record<'http:' | 'https:', http.Agent>>,
  timeoutMs: number,
  signal: AbortSignal,
): void {
  auth.transporter.interceptors.request.add({
    resolved: (config) => {
      const ends = [signal, AbortSignal.timeout(timeoutMs)];
      if (config.signal) ends.push(config.signal);
      config.signal = AbortSignal.any(ends);
      config.agent = config.url.protocol === 'http:' ? agents['http:'] : agents['https:'];
      // A redirect would carry the token to a host nobody named.
      config.redirect = 'error';
      return Promise.resolve(config);
    },
  });
}
