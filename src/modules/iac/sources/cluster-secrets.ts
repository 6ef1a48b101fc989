import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { StateSourceError, type StateSourceRequest } from '../../../core/providers/index.js';
import { type ClusterAccess, directAccess, readKubeconfig } from './kubeconfig-fields.js';
import { HttpDelivery } from './transfer/http-delivery.js';

/** Of every source that reads secrets of a cluster. */
export const CLUSTER_PARAMETERS = ['server', 'context'];
export const CLUSTER_CREDENTIALS = [
  'kubeconfig',
  'context',
  'token',
  'username',
  'password',
  'caData',
  'clientCertificateData',
  'clientKeyData',
];

export interface Secret {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Values in base64. */
  readonly data: Readonly<Record<string, string>>;
  readonly resourceVersion: string | null;
}

/** Reads secrets of one namespace through the API server; the object and no more. */
export class ClusterSecrets {
  #delivery: HttpDelivery | null = null;
  #access: ClusterAccess | null = null;

  constructor(
    private readonly request: StateSourceRequest,
    private readonly source: string,
    private readonly namespace: string,
  ) {}

  /** @throws StateSourceError `missing` when there is none */
  async get(name: string, signal: AbortSignal): Promise<Secret> {
    const needs = `the verb get on secret ${name} in namespace ${this.namespace}`;
    const answer = await this.#read(`/${encodeURIComponent(name)}`, needs, signal);
    return toSecret(answer);
  }

  async list(labelSelector: string, signal: AbortSignal): Promise<readonly Secret[]> {
    const found: Secret[] = [];
    const needs = `the verb list on secrets in namespace ${this.namespace}`;
    let next = '';
    do {
      const query = new URLSearchParams({ labelSelector, limit: '50' });
      if (next !== '') query.set('continue', next);
      const answer = await this.#read(`?${query.toString()}`, needs, signal);
      const items: unknown[] = Array.isArray(answer.items) ? answer.items : [];
      found.push(...items.map((item) => toSecret(fields(item))));
      const token = fields(answer.metadata).continue;
      next = typeof token === 'string' ? token : '';
    } while (next !== '');
    return found;
  }

  async close(): Promise<void> {
    await this.#delivery?.close();
  }

  async #read(rest: string, needs: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const { source } = this;
    this.#access ??= await this.#open();
    const { server, headers, ca, cert, key } = this.#access;
    this.#delivery ??= new HttpDelivery(this.request.access, { ca, cert, key });
    const path = `/api/v1/namespaces/${encodeURIComponent(this.namespace)}/secrets`;
    const url = new URL(`${server.replace(/\/+$/, '')}${path}${rest}`);
    return fields(await this.#delivery.json({ source, url, headers, needs, signal }));
  }

  async #open(): Promise<ClusterAccess> {
    const { url, credentials, access: allowed } = this.request;
    const server = url.searchParams.get('server');
    const context = url.searchParams.get('context') ?? credentials.context;
    const access = credentials.kubeconfig
      ? readKubeconfig(this.source, credentials.kubeconfig, context)
      : server === null && allowed.localCredentials
        ? await this.#local(context)
        : directAccess(server ?? '', credentials);
    const found = URL.parse(server ?? access.server);
    if (found?.protocol !== 'https:' && found?.protocol !== 'http:') {
      throw new StateSourceError(
        'credentials-invalid',
        this.source,
        'no API server is named: give a kubeconfig, or ?server=https://… and a token.',
      );
    }
    return { ...access, server: found.href };
  }

  /** As kubectl finds it, with its plugins and the files it names: command line only. */
  async #local(context: string | undefined): Promise<ClusterAccess> {
    const config = new KubeConfig();
    config.loadFromDefault();
    if (context !== undefined) config.setCurrentContext(context);
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    const { auth, ca, cert, key } = options;
    const [username = '', password = ''] = auth?.split(':') ?? [];
    return {
      server: config.getCurrentCluster()?.server ?? '',
      headers: {
        ...(options.headers as Record<string, string>),
        ...(auth ? directAccess('', { username, password }).headers : {}),
      },
      ...(ca ? { ca: String(ca) } : {}),
      ...(cert ? { cert: String(cert) } : {}),
      ...(Buffer.isBuffer(key) || typeof key === 'string' ? { key: key.toString() } : {}),
    };
  }
}

function toSecret(object: Record<string, unknown>): Secret {
  const { name, labels, resourceVersion } = fields(object.metadata);
  return {
    name: String(name),
    labels: fields(labels) as Record<string, string>,
    data: fields(object.data) as Record<string, string>,
    resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : null,
  };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
