import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Dispatcher } from 'undici';
import {
  type DispatcherOptions,
  guardedDispatcher,
  guardedProxy,
  type OutboundGuard,
} from '../../core/http/outbound/index.js';
import { invalid } from './kubeconfig-document.js';

export interface GuardedAuthentication {
  readonly headers: Readonly<Record<string, string>>;
  /** Called once; close what it gives. @throws DomainError `OUTBOUND.HOST_FORBIDDEN` */
  readonly dispatcher: () => Dispatcher;
}

/**
 * What the SDK would authenticate with, over connections that pass the guard: its own resolve the server's name once more, after it was
 * checked. @throws InventoryError for a proxy that cannot be guarded
 */
export async function guardedAuthentication(
  config: KubeConfig,
  guard: OutboundGuard,
): Promise<GuardedAuthentication> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { auth, ca, cert, key, servername, rejectUnauthorized } = options;
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
    name,
    String(value),
  ]);
  if (auth) headers.push(['Authorization', `Basic ${Buffer.from(auth).toString('base64')}`]);
  const tls: DispatcherOptions = {
    ca: pem(ca),
    cert: pem(cert),
    key: pem(key),
    servername,
    rejectUnauthorized,
  };
  const proxy = config.getCurrentCluster()?.proxyUrl;
  return {
    headers: Object.fromEntries(headers) as Record<string, string>,
    dispatcher: () =>
      proxy ? guardedProxy(guard, proxyUrl(proxy), tls) : guardedDispatcher(guard, tls),
  };
}

/** A SOCKS proxy would be resolved by a library that has no guard. */
function proxyUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw invalid('The proxy-url of the cluster is no http or https address, which a server needs');
}

/** As the SDK reads them: texts or bytes of one PEM. */
function pem(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? value.toString() : undefined;
}
