import { describe, expect, it } from '@jest/globals';
import type { InventoryConnection } from '../../../src/core/providers/index.js';
import { GcpInventoryFactory } from '../../../src/services/gcp/index.js';

const CANARY = 'CANARY-0f3a';
const factory = new GcpInventoryFactory();
const local = new GcpInventoryFactory({ localCredentials: true });

function connection(
  credentials: Record<string, string>,
  endpoint: string | null = null,
): InventoryConnection {
  return { provider: 'gcp', endpoint, regions: [], credentials };
}

function document(more: object): string {
  return JSON.stringify({ type: 'service_account', secret: CANARY, ...more });
}

function refusal(credentials: Record<string, string>, endpoint: string | null = null): unknown {
  try {
    factory.create(connection(credentials, endpoint));
  } catch (error) {
    return error;
  }
  return null;
}

describe('a connection that can never work', () => {
  const token = { accessToken: CANARY };
  const scoped = { ...token, scope: 'projects/p-1' };
  it.each([
    ['nothing', {}, 'serviceAccountKey or accessToken'],
    ['a file name', { credentialsFile: '/etc/key.json' }, 'a file name is not accepted here'],
    ['a file name for a key', { serviceAccountKey: `/home/${CANARY}` }, 'not JSON'],
    ['no scope', token, 'not said what to read'],
    ['a strange scope', { ...token, scope: 'buckets/b' }, 'none of projects/ID'],
    ['a scope that leaves its place', { ...token, scope: 'projects/../x' }, 'none of projects/ID'],
    ['a strange time', { ...scoped, readTime: 'yesterday' }, 'not an ISO 8601 time'],
    ['half a key', { serviceAccountKey: document({}) }, 'no client_email or private_key'],
    [
      'an unreadable key',
      { serviceAccountKey: document({ client_email: 'a@b', private_key: CANARY }) },
      'not a readable PEM key',
    ],
    [
      'another universe',
      {
        serviceAccountKey: document({
          client_email: 'a@b',
          private_key: CANARY,
          universe_domain: 'evil.example',
        }),
      },
      'Only service accounts of googleapis.com',
    ],
  ])('%s is refused with the reason', (_, credentials, message) => {
    const error = refusal(credentials);
    expect(error).toMatchObject({
      code: 'INVENTORY.CONNECTION_INVALID',
      message: expect.stringContaining(message),
    });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(CANARY);
  });

  it.each(['ftp://127.0.0.1', 'cloudasset', 'https://a.example/path', 'https://user@a.example'])(
    'the endpoint %s is refused',
    (endpoint) => {
      expect(refusal(scoped, endpoint)).toMatchObject({ code: 'INVENTORY.CONNECTION_INVALID' });
    },
  );

  it.each(['external_account', 'authorized_user', 'impersonated_service_account', `${CANARY}!`])(
    'a credential of type %s is not used by a server',
    (type) => {
      const executable = { executable: { command: '/bin/true' } };
      const text = document({ type, credential_source: executable, project_id: 'p-1' });
      const error = refusal({ serviceAccountKey: text });
      expect(error).toMatchObject({ message: expect.stringContaining('not accepted here') });
      expect(String(error)).not.toContain(CANARY);
    },
  );
});

describe('the command line', () => {
  it('may use the credentials of its machine', async () => {
    const scope = 'projects/p-1';
    await local.create(connection({ scope })).close();
    await local.create(connection({ scope, credentialsFile: '/etc/key.json' })).close();
    const text = document({ type: 'external_account', project_id: 'p-1' });
    await local.create(connection({ serviceAccountKey: text })).close();
  });
});
