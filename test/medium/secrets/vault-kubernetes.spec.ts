import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ConfigValues } from '../../../src/core/config/index.js';
import { createKeyFile, newKeyFile, SensitiveValues } from '../../../src/core/crypto/index.js';
import { loadDeploymentConfig } from '../../../src/deployment-config.js';
import { type AuthRole, VaultSandbox } from '../../../sandbox/vault/vault-server.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';
import { countOpenable, policy, runCommand, sealedRows, sealMany } from './secrets-stand.js';

const JWT = 'the.token.of-the-service-account';
const ROLE = { ttl: 600, maxTtl: 3600 };

interface KubernetesRole extends Omit<AuthRole, 'policies'> {
  policies: AuthRole['policies'];
  jwt: string;
}

/** A pod's way in: the token of its service account, in a file that the kubelet replaces. */
describe('a deployment that logs in to Vault with Kubernetes', () => {
  let folder: string;
  let tokenFile: string;
  let vault: VaultSandbox;
  let application: KubernetesRole;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-vault-'));
    tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, `${JWT}\n`);
    application = { ...ROLE, jwt: JWT, policies: policy('driftguard-application') };
    vault = await VaultSandbox.start({
      appRoles: {},
      kubernetesRoles: {
        driftguard: application,
        'driftguard-migration': { ...ROLE, jwt: JWT, policies: policy('driftguard-migration') },
        'driftguard-keys': { ...ROLE, jwt: JWT, policies: policy('driftguard-key-rotation') },
      },
      transitKeys: ['driftguard'],
      secrets: {
        'driftguard/application': {
          SECRET_KEY: 'from-vault-0123456789abcdef0123456789abcdef',
          LOG_LEVEL: 'warn',
          API_PORT: 8123,
        },
        'driftguard/owner': { DB_OWNER_PASSWORD: 'owner-from-vault' },
        'driftguard/odd': { LOG_LEVEL: 'warn', VAULT_ADDR: 'http://elsewhere', PATH: '/tmp' },
      },
    });
  });
  afterAll(async () => {
    await vault.close();
    await rm(folder, { recursive: true });
  });

  const settings = (role: string) => ({
    VAULT_ADDR: vault.url,
    VAULT_AUTH: 'kubernetes' as const,
    VAULT_KUBERNETES_ROLE: role,
    VAULT_KUBERNETES_TOKEN_FILE: tokenFile,
  });
  const load = (role: string, kvPath: string, more: Record<string, string> = {}) =>
    loadDeploymentConfig({
      NODE_ENV: 'testing',
      ...settings(role),
      VAULT_KV_PATH: kvPath,
      ...more,
    });

  it('takes its settings from a secret; what the environment says wins, what Vault is not for is refused', async () => {
    const config = await load('driftguard', 'secret/data/driftguard/application');
    expect(config.get('SECRET_KEY')).toBe('from-vault-0123456789abcdef0123456789abcdef');
    expect(config.get('API_PORT')).toBe(8123);
    const louder = { LOG_LEVEL: 'error', API_PORT: '' };
    const own = await load('driftguard', 'secret/data/driftguard/application', louder);
    expect([own.get('LOG_LEVEL'), own.get('API_PORT')]).toEqual(['error', 8123]);
    // Nothing is left behind: the token of the start is given back.
    expect(vault.liveTokens).toBe(0);
  });

  it('lets the migration job read the owner, and the application not', async () => {
    const both = 'secret/data/driftguard/application, secret/data/driftguard/owner';
    const config = await load('driftguard-migration', both);
    expect(config.get('DB_OWNER_PASSWORD')).toBe('owner-from-vault');
    await expect(load('driftguard', both)).rejects.toMatchObject({ code: 'VAULT.DENIED' });
  });

  it('says what it cannot use, never what it holds', async () => {
    application.policies = { all: 'path "secret/data/*" { capabilities = ["read"] }' };
    const odd = load('driftguard', 'secret/data/driftguard/odd');
    await expect(odd).rejects.toThrow('DriftGuard reads no VAULT_ADDR, PATH from there');
    await expect(odd).rejects.not.toThrow('elsewhere');
    await expect(load('driftguard', 'secret/driftguard/application')).rejects.toThrow();
    application.policies = policy('driftguard-application');
  });

  it('reads the token anew, and says when there is none or it is refused', async () => {
    application.jwt = 'the.next.token';
    const kvPath = 'secret/data/driftguard/application';
    await expect(load('driftguard', kvPath)).rejects.toMatchObject({ kind: 'unavailable' });
    await writeFile(tokenFile, 'the.next.token');
    expect((await load('driftguard', kvPath)).get('API_PORT')).toBe(8123);
    await expect(
      load('driftguard', kvPath, { VAULT_KUBERNETES_TOKEN_FILE: path.join(folder, 'gone') }),
    ).rejects.toThrow(/gone/);
    await writeFile(tokenFile, JWT);
    application.jwt = JWT;
  });

  describe('moves what a key file sealed to transit', () => {
    const ROWS = 230;
    const DB_NAME = `driftguard_move_${process.pid}`;
    let keyFile: string;
    let organization: TestOrganization;
    let hash: string;

    const hashIn = (test: TestContext) =>
      test.get(SensitiveValues).hasherFor(organization.context).hash('a sensitive value');
    const inVault = async (test: TestContext) =>
      (await sealedRows(test, organization)).filter((row) =>
        row.wrapped_key.toString('latin1').startsWith('vault:v'),
      ).length;
    const during = <T>(changes: Partial<ConfigValues>, work: (test: TestContext) => Promise<T>) =>
      TestContext.open({ DB_NAME, ...changes }).then(async (test) => {
        try {
          return await work(test);
        } finally {
          await test.close();
        }
      });

    beforeAll(async () => {
      keyFile = path.join(folder, 'keys.json');
      await createKeyFile(keyFile, newKeyFile(new Date()));
      await during({ KEY_PROVIDER: 'file', ENCRYPTION_KEY_FILE: keyFile }, async (test) => {
        organization = await test.newOrganization();
        await sealMany(test, organization, ROWS);
        await test.request(null, 'GET', '/.well-known/jwks.json');
        hash = hashIn(test);
        expect(await inVault(test)).toBe(0);
      });
    });

    it('with both there: old rows open, new ones go to Vault, the command moves the rest', async () => {
      const both = { KEY_PROVIDER: 'vault', ENCRYPTION_KEY_FILE: keyFile } as const;
      await during({ ...both, ...settings('driftguard') }, async (test) => {
        expect(await countOpenable(test, organization)).toBe(ROWS);
        await sealMany(test, organization, 5);
        expect(await inVault(test)).toBe(5);
        expect(hashIn(test)).toBe(hash);

        const rotation = { ...both, ...settings('driftguard-keys') };
        const keys = (...args: string[]) => runCommand(test.config, ['keys', ...args], rotation);
        const shown = await keys('status');
        expect({ code: shown.code, output: shown.output }).toMatchObject({ code: 0 });
        const moved = await keys('rotate', '--retire-after', '0');
        expect({ code: moved.code, output: moved.output }).toMatchObject({ code: 0 });
        expect(await inVault(test)).toBe(ROWS + 5);
        expect(await countOpenable(test, organization)).toBe(ROWS + 5);
        expect(moved.output).not.toContain(JWT);
      });
    });

    it('then without the file, with its hash key kept', async () => {
      const { hash_key } = JSON.parse(await readFile(keyFile, 'utf8')) as { hash_key: string };
      await rm(keyFile);
      const only = { KEY_PROVIDER: 'vault', HASH_KEY: hash_key } as const;
      await during({ ...only, ...settings('driftguard') }, async (test) => {
        expect(await countOpenable(test, organization)).toBe(ROWS + 5);
        expect(hashIn(test)).toBe(hash);
        const user = await test.newUser(organization);
        expect((await test.request(await user.login(), 'GET', '/api/v1/auth/me')).status).toBe(200);
      });
    });
  });
});
