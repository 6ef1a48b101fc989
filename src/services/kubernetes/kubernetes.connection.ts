import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, User } from '@kubernetes/client-node';
import type { OutboundGuard } from '../../core/http/outbound/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';
import { invalid, readKubeconfig, textOf } from './kubeconfig-document.js';
import type { Fields, KubeconfigContext } from './kubeconfig-document.js';
import type { KubernetesInventoryOptions } from './kubernetes.options.js';

/** Where the API server is and how the SDK authenticates there. */
export interface KubernetesConnection {
  /** Base address without a slash at the end. */
  readonly server: string;
  readonly clusterName: string;
  /** As the kubeconfig calls it; empty when it does not. */
  readonly userName: string;
  readonly config: KubeConfig;
  /** What connections to a host the kubeconfig names have to pass; null where whoever names it owns the machine. */
  readonly outbound: OutboundGuard | null;
}

/** Entries that make the SDK run a command or read a file of this machine. */
const LOCAL_ENTRIES = {
  cluster: ['certificate-authority'],
  user: ['exec', 'auth-provider', 'token-file', 'tokenFile', 'client-certificate', 'client-key'],
} as const;

/** The SDK would leave these out silently, and read as somebody else. */
const UNSUPPORTED_USER_ENTRIES = ['as-groups', 'as-uid', 'as-user-extra'];

export function openConnection(
  connection: InventoryConnection,
  options: KubernetesInventoryOptions,
): KubernetesConnection {
  const { credentials, endpoint } = connection;
  if (credentials.inCluster === 'true') return inCluster(connection, options);
  const context = credentials.kubeconfig
    ? readKubeconfig(credentials.kubeconfig, credentials.context)
    : directContext(credentials, endpoint);
  if (!options.localCredentials) refuseLocalEntries(context);
  const unsupported = UNSUPPORTED_USER_ENTRIES.find((entry) => entry in context.user);
  if (unsupported) throw invalid(`The kubeconfig user has ${unsupported}, which is not supported`);

  const directory = credentials.kubeconfigDirectory ?? '';
  const server = (endpoint ?? textOf(context.cluster.server)).replace(/\/+$/, '');
  const insecure = context.cluster['insecure-skip-tls-verify'] === true;
  checkServer(server, insecure || endpoint !== null);
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    {
      ...clusterOf(context, directory),
      server,
      // The SDK wants plain HTTP to be allowed explicitly; checkServer has.
      skipTLSVerify: insecure || server.startsWith('http:'),
    },
    userOf(context, directory),
  );
  const clusterName = credentials.clusterName ?? context.clusterName;
  const outbound = connection.outbound ?? null;
  return { server, clusterName, userName: context.userName, config, outbound };
}

function inCluster(
  { credentials }: InventoryConnection,
  options: KubernetesInventoryOptions,
): KubernetesConnection {
  if (!options.localCredentials) {
    throw invalid("Reading with the pod's own service account is not allowed here");
  }
  const config = new KubeConfig();
  config.loadFromCluster();
  const server = config.getCurrentCluster()?.server ?? '';
  if (server.includes('undefined')) throw invalid('This is not a pod of a Kubernetes cluster');
  const clusterName = credentials.clusterName ?? 'in-cluster';
  // The pod's own cluster, which lies in a private network and which no tenant named.
  return { server, clusterName, userName: '', config, outbound: null };
}

/** The same facts as a kubeconfig's, given one by one. */
function directContext(credentials: Fields, endpoint: string | null): KubeconfigContext {
  const server = textOf(credentials.server) || (endpoint ?? '');
  if (!server) throw invalid('The connection needs a kubeconfig, or a server address and a token');
  return {
    clusterName: new URL(parseable(server)).host,
    userName: '',
    cluster: {
      server,
      'certificate-authority-data': credentials.caData,
      'insecure-skip-tls-verify': credentials.insecureSkipTlsVerify === 'true',
    },
    user: {
      token: credentials.token,
      username: credentials.username,
      password: credentials.password,
      'client-certificate-data': credentials.clientCertificateData,
      'client-key-data': credentials.clientKeyData,
    },
  };
}

function clusterOf(
  { clusterName, cluster }: KubeconfigContext,
  directory: string,
): Omit<Cluster, 'server' | 'skipTLSVerify'> {
  return {
    name: clusterName,
    ...given('caData', textOf(cluster['certificate-authority-data'])),
    ...given('caFile', absolute(cluster['certificate-authority'], directory)),
    ...given('tlsServerName', textOf(cluster['tls-server-name'])),
    ...given('proxyUrl', textOf(cluster['proxy-url'])),
  };
}

function userOf({ userName, user }: KubeconfigContext, directory: string): User {
  const tokenFile = absolute(user['token-file'] ?? user.tokenFile, directory);
  return {
    name: userName || 'user',
    ...given('token', textOf(user.token)),
    ...given('username', textOf(user.username)),
    ...given('password', textOf(user.password)),
    ...given('certData', textOf(user['client-certificate-data'])),
    ...given('keyData', textOf(user['client-key-data'])),
    ...given('certFile', absolute(user['client-certificate'], directory)),
    ...given('keyFile', absolute(user['client-key'], directory)),
    ...given('impersonateUser', textOf(user.as)),
    ...(user.exec ? { exec: user.exec } : {}),
    ...(tokenFile
      ? { authProvider: { name: 'tokenFile', config: { tokenFile } } }
      : user['auth-provider']
        ? { authProvider: user['auth-provider'] }
        : {}),
  };
}

function refuseLocalEntries({ cluster, user }: KubeconfigContext): void {
  const entry =
    LOCAL_ENTRIES.cluster.find((name) => cluster[name]) ??
    LOCAL_ENTRIES.user.find((name) => user[name]);
  if (entry) {
    throw invalid(
      `The kubeconfig has ${entry}, which runs a command or reads a file; embed the value instead (kubectl config view --raw --flatten), or use a token`,
    );
  }
}

function checkServer(server: string, plainAllowed: boolean): void {
  const url = new URL(parseable(server));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid(`The server address must start with https://, not ${url.protocol}//`);
  }
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !plainAllowed && !loopback) {
    throw invalid('The server address is plain HTTP: credentials would travel in the clear');
  }
}

function parseable(server: string): string {
  if (!URL.canParse(server)) throw invalid('The server address is not a URL');
  return server;
}

function absolute(file: unknown, directory: string): string {
  const name = textOf(file);
  return name && path.resolve(directory, name);
}

function given<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  return value ? ({ [key]: value } as Record<K, string>) : {};
}
