import { describe, expect, it } from '@jest/globals';
import type { InventoryConnection } from '../../../src/core/providers/index.js';
import { openConnection } from '../../../src/services/kubernetes/kubernetes.connection.js';
import { DEFAULT_KUBERNETES_OPTIONS } from '../../../src/services/kubernetes/kubernetes.options.js';

const PASSWORD = 'correct-horse-battery';

function kubeconfig(user: object, cluster: object = {}, more: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'prod', cluster: { server: 'https://prod.example:6443', ...cluster } }],
    users: [{ name: 'scanner', user }],
    contexts: [
      { name: 'prod-scanner', context: { cluster: 'prod', user: 'scanner' } },
      { name: 'broken', context: { cluster: 'missing', user: 'scanner' } },
    ],
    'current-context': 'prod-scanner',
    ...more,
  });
}

function connectionOf(
  credentials: Record<string, string>,
  endpoint: string | null = null,
): InventoryConnection {
  return { provider: 'kubernetes', endpoint, regions: [], credentials };
}

function openWith(
  credentials: Record<string, string>,
  endpoint: string | null = null,
  local = false,
) {
  const options = { ...DEFAULT_KUBERNETES_OPTIONS, localCredentials: local };
  return openConnection(connectionOf(credentials, endpoint), options);
}

describe('a kubeconfig', () => {
  it('gives the server, the cluster and the user of its current context', () => {
    const connection = openWith({ kubeconfig: kubeconfig({ token: 't' }) });
    expect(connection).toMatchObject({
      server: 'https://prod.example:6443',
      clusterName: 'prod',
      userName: 'scanner',
    });
    expect(connection.config.getCurrentUser()).toMatchObject({ token: 't' });
    expect(connection.config.getCurrentCluster()).toMatchObject({ skipTLSVerify: false });
  });

  it('keeps basic authentication, client certificates and certificate authorities', () => {
    const user = {
      username: 'u',
      password: PASSWORD,
      'client-certificate-data': 'Y2VydA==',
      'client-key-data': 'a2V5',
    };
    const cluster = { 'certificate-authority-data': 'Y2E=', 'tls-server-name': 'api' };
    const { config } = openWith({ kubeconfig: kubeconfig(user, cluster) });
    expect(config.getCurrentUser()).toMatchObject({
      username: 'u',
      password: PASSWORD,
      certData: 'Y2VydA==',
      keyData: 'a2V5',
    });
    expect(config.getCurrentCluster()).toMatchObject({ caData: 'Y2E=', tlsServerName: 'api' });
  });

  it('may be overridden in its server and its name', () => {
    const credentials = { kubeconfig: kubeconfig({ token: 't' }), clusterName: 'production' };
    expect(openWith(credentials, 'http://proxy.example:8001/')).toMatchObject({
      server: 'http://proxy.example:8001',
      clusterName: 'production',
    });
  });

  it.each([
    ['exec', { exec: { command: '/bin/sh' } }, {}],
    ['auth-provider', { 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'sh' } } }, {}],
    ['token-file', { 'token-file': '/etc/shadow' }, {}],
    ['tokenFile', { tokenFile: '/etc/shadow' }, {}],
    ['client-key', { 'client-key': '/etc/ssl/private/key' }, {}],
    ['certificate-authority', { token: 't' }, { 'certificate-authority': '/etc/passwd' }],
  ])('with %s is refused where it is not our own machine', (entry, user, cluster) => {
    const text = kubeconfig(user, cluster);
    expect(() => openWith({ kubeconfig: text })).toThrow(`The kubeconfig has ${entry},`);
  });

  it('on our own machine may name files beside it and run its plugin', () => {
    const user = { 'client-key': 'pki/scanner.key', exec: { command: 'aws' } };
    const text = kubeconfig(user, { 'certificate-authority': '/srv/ca.crt' });
    const { config } = openWith(
      { kubeconfig: text, kubeconfigDirectory: '/home/me/.kube' },
      null,
      true,
    );
    expect(config.getCurrentUser()).toMatchObject({
      keyFile: '/home/me/.kube/pki/scanner.key',
      exec: { command: 'aws' },
    });
    expect(config.getCurrentCluster()).toMatchObject({ caFile: '/srv/ca.crt' });
  });

  it.each([
    [
      'another context',
      { context: 'staging' },
      'no context named staging; it has: prod-scanner, broken',
    ],
    [
      'a context of a missing cluster',
      { context: 'broken' },
      'no cluster named missing; it has: prod',
    ],
  ])('%s is named with what there is', (_, credentials, message) => {
    const text = kubeconfig({ token: 't' });
    expect(() => openWith({ kubeconfig: text, ...credentials })).toThrow(message);
  });

  it('that is not YAML is refused without its content', () => {
    const text = `users: [{ user: { password: "${PASSWORD}`;
    const refused = () => openWith({ kubeconfig: text });
    expect(refused).toThrow('The kubeconfig is not valid YAML');
    expect(refused).not.toThrow(PASSWORD);
  });

  it('with impersonated groups is refused rather than read as somebody else', () => {
    const text = kubeconfig({ token: 't', 'as-groups': ['admins'] });
    expect(() => openWith({ kubeconfig: text })).toThrow('as-groups');
  });
});

describe('plain HTTP', () => {
  it.each(['http://prod.example', 'http://10.0.0.1:8080'])('%s is refused', (server) => {
    const text = kubeconfig({ token: 't' }, { server });
    expect(() => openWith({ kubeconfig: text })).toThrow('in the clear');
  });

  it('is allowed on the loopback address', () => {
    const text = kubeconfig({ token: 't' }, { server: 'http://127.0.0.1:8001' });
    expect(openWith({ kubeconfig: text }).server).toBe('http://127.0.0.1:8001');
  });
});

describe('without a kubeconfig', () => {
  it('a server and a token are enough', () => {
    const connection = openWith({ server: 'https://api.example:6443', token: 't' });
    expect(connection).toMatchObject({
      server: 'https://api.example:6443',
      clusterName: 'api.example:6443',
    });
  });

  it.each([
    ['nothing', {}, 'needs a kubeconfig, or a server address'],
    ['no URL', { server: 'prod:6443' }, 'must start with https://'],
    ['no address at all', { server: 'prod' }, 'not a URL'],
    ['the service account of the pod', { inCluster: 'true' }, 'not allowed here'],
  ])('%s is refused', (_, credentials, message) => {
    expect(() => openWith(credentials)).toThrow(message);
  });
});
