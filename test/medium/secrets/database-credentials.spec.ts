import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config, ConfigValues } from '../../../src/core/config/index.js';
import { migrate, SystemSql, TenantSql } from '../../../src/core/database/index.js';
import { VaultSandbox } from '../../../sandbox/vault/vault-server.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { testConfig } from '../../support/test-config.js';
import { TestContext } from '../../support/test-context.js';
import { APPLICATION, appRoles, vaultSettings } from './secrets-stand.js';

/** Seconds: many leases end during this file. */
const LEASE = { defaultTtl: 5, maxTtl: 9 };
const TOKEN = { ttl: 8, maxTtl: 14 };
const PARALLEL = 6;

const creation = (role: string) => [
  `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ${role}`,
];

describe('logins of the database leased from Vault', () => {
  let vault: VaultSandbox;
  let test: TestContext;
  let owner: pg.Client;
  let organization: TestOrganization;
  let token: string;

  beforeAll(async () => {
    const shared = { DB_NAME: `driftguard_leases_${process.pid}` };
    const admin = testConfig(shared);
    await migrate(admin);
    vault = await VaultSandbox.start({
      appRoles: appRoles(TOKEN.ttl, TOKEN.maxTtl),
      database: {
        adminUrl: urlOf(admin),
        roles: {
          'driftguard-app': { ...LEASE, creationStatements: creation('driftguard_app') },
          'driftguard-system': { ...LEASE, creationStatements: creation('driftguard_system') },
        },
      },
    });
    owner = new pg.Client({ connectionString: urlOf(admin) });
    await owner.connect();
    const leased: Partial<ConfigValues> = {
      ...shared,
      ...vaultSettings(vault.url, APPLICATION),
      VAULT_DATABASE_ROLE: 'driftguard-app',
      VAULT_DATABASE_SYSTEM_ROLE: 'driftguard-system',
      DB_PASSWORD: undefined,
      DB_SYSTEM_PASSWORD: undefined,
    };
    test = await TestContext.open(leased);
    organization = await test.newOrganization();
    token = await (await test.newUser(organization)).login();
  });
  afterAll(async () => {
    await test.close();
    await owner.end();
    await vault.close();
  });

  const currentUser = async (): Promise<string> => {
    const [row] = await test
      .get(TenantSql)
      .read<{ name: string }>(organization.context, 'select current_user as name');
    return row?.name ?? '';
  };
  const leasedRoles = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `select rolname as name from pg_roles where rolname like 'v-approle-driftgua-%'`,
    );
    return rows.map(({ name }) => name);
  };

  /** Requests and statements of every kind, one after another in each of several lanes, until told to stop. */
  async function load(until: () => boolean): Promise<{ done: number; failures: string[] }> {
    const failures: string[] = [];
    let done = 0;
    const once = async (lane: number): Promise<void> => {
      const sql = test.get(TenantSql);
      if (lane === 0) await sql.read(organization.context, 'select id from users');
      else if (lane === 1) await test.get(SystemSql).query('select id from organizations');
      else if (lane === 2) {
        await sql.transaction(organization.context, async (client) => {
          await client.query('select count(*) from users');
          await sleep(20);
          await client.query('select count(*) from environments');
        });
      } else {
        const { status, text } = await test.request(token, 'GET', '/api/v1/environments');
        if (status !== 200) throw new Error(`${status} ${text}`);
      }
    };
    const lanes = Array.from({ length: PARALLEL }, async (_unused, lane) => {
      while (!until()) {
        await once(lane).then(
          () => (done += 1),
          (error: unknown) => failures.push(String(error)),
        );
        await sleep(5);
      }
    });
    await Promise.all(lanes);
    return { done, failures };
  }
  const during = (milliseconds: number) => {
    const end = Date.now() + milliseconds;
    return () => Date.now() > end;
  };

  it('uses roles that Vault made, bound by row-level security', async () => {
    expect(await currentUser()).toMatch(/^v-approle-driftgua-/);
    await expect(
      test.get(TenantSql).read(organization.context, 'create table t (id int)'),
    ).rejects.toThrow('permission denied');
    const other = await test.newOrganization();
    const rows = await test
      .get(TenantSql)
      .read(organization.context, 'select id from organizations where id = $1', [other.id]);
    expect(rows).toEqual([]);
  });

  it('renews leases, replaces ended ones and the token, and no request fails', async () => {
    const first = await currentUser();
    const before = vault.requests.length;
    const { done, failures } = await load(during(15_000));
    const asked = vault.requests.slice(before);
    expect(failures).toEqual([]);
    expect(done).toBeGreaterThan(100);
    expect(await currentUser()).not.toBe(first);
    expect(await leasedRoles()).not.toContain(first);
    expect(asked.filter((one) => one === 'PUT sys/leases/renew').length).toBeGreaterThan(2);
    expect(
      asked.filter((one) => one === 'GET database/creds/driftguard-app').length,
    ).toBeGreaterThan(1);
    expect(asked).toContain('POST auth/token/renew-self');
    expect(asked).toContain('POST auth/approle/login');
  });

  it('takes another lease when Vault revokes one: what is under way may fail, nothing after it', async () => {
    const first = await currentUser();
    let isRevoked = false;
    const end = during(2500);
    const running = load(() => isRevoked && end());
    await sleep(300);
    await vault.revokeLeases('database/creds/');
    isRevoked = true;
    const { failures } = await running;
    // At most what every lane had in its hands at that moment.
    expect(failures.length).toBeLessThanOrEqual(PARALLEL);
    expect(await currentUser()).not.toBe(first);
    expect((await load(during(500))).failures).toEqual([]);
  });

  it('logs in again when the token is revoked, and with it every lease', async () => {
    await vault.revokeTokens();
    expect((await load(during(1500))).failures).toEqual([]);
    // A token is replaced before it ends, so for a moment there may be two.
    for (const over = during(8000); vault.liveTokens !== 1 && !over();) await sleep(100);
    expect(vault.liveTokens).toBe(1);
  });

  it('goes on while Vault is sealed, tells health, and recovers', async () => {
    // A fresh lease: sealed for a part of its time.
    await vault.revokeLeases('database/creds/');
    await load(during(300));
    vault.seal();
    const running = load(during(2200));
    const sealed = await waitForHealth('degraded');
    expect(sealed.status).toBe(200);
    expect(sealed.text).not.toContain('v-approle');
    await sleep(200);
    vault.unseal();
    expect((await running).failures).toEqual([]);
    expect((await waitForHealth('ok')).status).toBe(200);
    expect((await load(during(4000))).failures).toEqual([]);
  });

  it('gives its leases back when it stops', async () => {
    const own = await TestContext.open(leasedConfig(test.config));
    const held = await own
      .get(SystemSql)
      .query('select 1')
      .then(() => vault.leases.length)
      .finally(() => own.close());
    expect(vault.leases.length).toBeLessThan(held);
  });

  async function waitForHealth(status: string) {
    for (const end = Date.now() + 8000; ;) {
      const answer = await test.request(null, 'GET', '/health');
      if (answer.body.status === status || Date.now() > end) {
        expect(answer.body).toMatchObject({ status });
        return answer;
      }
      await sleep(100);
    }
  }
});

function leasedConfig(config: Config): Partial<ConfigValues> {
  return {
    DB_NAME: config.get('DB_NAME'),
    VAULT_ADDR: config.get('VAULT_ADDR'),
    VAULT_ROLE_ID: config.get('VAULT_ROLE_ID'),
    VAULT_SECRET_ID: config.get('VAULT_SECRET_ID'),
    VAULT_DATABASE_ROLE: config.get('VAULT_DATABASE_ROLE'),
    VAULT_DATABASE_SYSTEM_ROLE: config.get('VAULT_DATABASE_SYSTEM_ROLE'),
    DB_PASSWORD: undefined,
    DB_SYSTEM_PASSWORD: undefined,
  };
}

function urlOf(config: Config): string {
  const url = new URL('postgres://host');
  url.hostname = config.get('DB_HOST');
  url.port = String(config.get('DB_PORT'));
  url.pathname = config.get('DB_NAME');
  url.username = config.get('DB_OWNER_USER');
  url.password = config.get('DB_OWNER_PASSWORD');
  return url.href;
}
