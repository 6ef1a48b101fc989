import http from 'node:http';
import https from 'node:https';
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import type { OutboundGuard } from './outbound-guard.js';

interface ConnectOptions {
  readonly host?: unknown;
  readonly hostname?: unknown;
}

/** Agents for client libraries on `node:http`; every connection they open passes the guard. Destroy both after use. */
export function guardedAgents(
  guard: OutboundGuard,
  options: http.AgentOptions = {},
): { readonly http: http.Agent; readonly https: https.Agent } {
  const settings = { keepAlive: true, ...options, lookup: guard.lookup };
  return { http: new GuardedAgent(guard, settings), https: new GuardedTlsAgent(guard, settings) };
}

class GuardedAgent extends http.Agent {
  constructor(
    private readonly guard: OutboundGuard,
    options: http.AgentOptions,
  ) {
    super(options);
  }

  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    this.guard.checkLiteral(hostOf(args[0]));
    return super.createConnection(...args);
  }
}

class GuardedTlsAgent extends https.Agent {
  constructor(
    private readonly guard: OutboundGuard,
    options: https.AgentOptions,
  ) {
    super(options);
  }

  override createConnection(...args: Parameters<https.Agent['createConnection']>) {
    this.guard.checkLiteral(hostOf(args[0]));
    return super.createConnection(...args);
  }
}

function hostOf({ host, hostname }: ConnectOptions): string {
  return typeof host === 'string' ? host : typeof hostname === 'string' ? hostname : '';
}

export interface DispatcherOptions {
  readonly connectTimeoutMs?: number | undefined;
  /** Longest silence before the headers and within the body. */
  readonly idleTimeoutMs?: number | undefined;
  /** PEM texts. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name the server's certificate is for, where it is not the host's. */
  readonly servername?: string | undefined;
  /** False: any certificate will do. */
  readonly rejectUnauthorized?: boolean | undefined;
}

/** The same for `undici` and `fetch`. Close it after use. */
export function guardedDispatcher(
  guard: OutboundGuard,
  { connectTimeoutMs = 10_000, idleTimeoutMs = 60_000, ...tls }: DispatcherOptions = {},
): Dispatcher {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    lookup: guard.lookup,
    ...given(tls),
  });
  return new Agent({
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    connect: (options, callback) => {
      try {
        guard.checkLiteral(options.hostname);
      } catch (error) {
        callback(error as Error, null);
        return;
      }
      connect(options, callback);
    },
  });
}

/**
 * The same through an HTTP or HTTPS proxy: the connection to the proxy passes the guard; what lies behind is resolved by the proxy, from
 * where it stands. @throws DomainError `OUTBOUND.HOST_FORBIDDEN` for a proxy that is an address which is not allowed
 */
export function guardedProxy(
  guard: OutboundGuard,
  proxy: URL,
  { connectTimeoutMs = 10_000, idleTimeoutMs = 60_000, ...tls }: DispatcherOptions = {},
): Dispatcher {
  guard.checkLiteral(proxy.hostname);
  return new ProxyAgent({
    uri: proxy.href,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    connectTimeout: connectTimeoutMs,
    proxyTls: { lookup: guard.lookup },
    requestTls: given(tls),
  });
}

/** What was given: undici takes an option that is undefined for one that was chosen. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
