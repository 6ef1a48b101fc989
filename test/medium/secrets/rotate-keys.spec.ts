import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ConfigValues } from '../../../src/core/config/index.js';
import { createKeyFile, newKeyFile, SensitiveValues } from '../../../src/core/crypto/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import { VaultSandbox } from '../../../sandbox/vault/vault-server.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';
import {
  APPLICATION,
  appRoles,
  countOpenable,
  ROTATION,
  runCommand,
  sealedRows,
  sealMany,
  vaultSettings,
} from './secrets-stand.js';

const ROWS = 800;
const OTHER_ROWS = 3;
const AT_ONCE = ['--retire-after', '0'];
const SOME_DONE = /^\d{3,} of \d+$/m;

/** The same story for both places of keys: what differs is where they are. */
interface Stand {
  readonly settings: Partial<ConfigValues>;
  readonly rotation: Partial<ConfigValues>;
  /** Everything that must never be written anywhere. */
  secrets(): Promise<string[]>;
  close(): Promise<void>;
}

async function fileStand(): Promise<Stand> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-keys-'));
  const file = path.join(folder, 'keys.json');
  await createKeyFile(file, newKeyFile(new Date()));
  const settings = { KEY_PROVIDER: 'file', ENCRYPTION_KEY_FILE: file } as const;
  return {
    settings,
    rotation: settings,
    secrets: async () => {
      const content = JSON.parse(await readFile(file, 'utf8')) as {
        hash_key: string;
        keys: { secret: string }[];
      };
      return [content.hash_key, ...content.keys.map(({ secret }) => secret)];
    },
    close: () => rm(folder, { recursive: true }),
  };
}

async function vaultStand(): Promise<Stand> {
  const vault = await VaultSandbox.start({
    appRoles: appRoles(600, 3600),
    transitKeys: ['driftguard'],
  });
  const shared = {
    KEY_PROVIDER: 'vault',
    HASH_KEY: 'the-hash-key-of-this-installation-1',
  } as const;
  return {
    settings: { ...shared, ...vaultSettings(vault.url, APPLICATION) },
    rotation: { ...shared, ...vaultSettings(vault.url, ROTATION) },
    secrets: () => Promise.resolve([ROTATION.secretId, shared.HASH_KEY]),
    close: () => vault.close(),
  };
}

describe.each([
  ['file', fileStand],
  ['vault', vaultStand],
])('driftguard keys rotate with keys in: %s', (provider, open) => {
  let stand: Stand;
  let test: TestContext;
  let organization: TestOrganization;
  let other: TestOrganization;

  beforeAll(async () => {
    stand = await open();
    test = await TestContext.open({
      DB_NAME: `driftguard_rotation_${provider}_${process.pid}`,
      ...stand.settings,
    });
    organization = await test.newOrganization();
    other = await test.newOrganization();
    await sealMany(test, organization, ROWS);
    await sealMany(test, other, OTHER_ROWS);
    // Makes the signing keys, which belong to no organization and are never updated.
    await test.request(null, 'GET', '/.well-known/jwks.json');
  });
  afterAll(async () => {
    await test.close();
    await stand.close();
  });

  const run = (args: readonly string[], killAt?: RegExp) =>
    runCommand(test.config, ['keys', ...args], stand.rotation, killAt);
  const versionsOf = async (one: TestOrganization) =>
    new Set((await sealedRows(test, one)).map((row) => row.key_version));
  const hash = () =>
    test.get(SensitiveValues).hasherFor(organization.context).hash('a sensitive value');

  it('shows what it would do and does nothing of it', async () => {
    const { code, output } = await run(['rotate', '--dry-run']);
    expect(output).toContain(`environment_credentials: ${ROWS + OTHER_ROWS} with version 1`);
    expect(output).toMatch(/signing_keys: \d with version 1/);
    expect(output).toContain('Would make version 2');
    expect(output).toContain('Nothing was changed.');
    expect(code).toBe(0);
    expect(await versionsOf(organization)).toEqual(new Set([1]));
  });

  it('is killed in the middle: what is done is done, everything still opens, old and new', async () => {
    const { code } = await run(['rotate'], SOME_DONE);
    expect(code).toBeNull();
    expect(await versionsOf(organization)).toEqual(new Set([1, 2]));
    expect(await countOpenable(test, organization)).toBe(ROWS);
  });

  it('continues the same rotation, then keeps the old version for who began before', async () => {
    const before = await sealedRows(test, organization);
    const left = before.filter((row) => row.key_version === 1).length;
    const { code, output } = await run(['rotate']);
    expect(output).toContain(`wrapping ${left + OTHER_ROWS} keys again with version 2`);
    expect(output).toMatch(/Version 1 stays readable .* Run this again after/);
    expect(code).toBe(0);
    expect(await versionsOf(organization)).toEqual(new Set([2]));
    expect(await versionsOf(other)).toEqual(new Set([2]));
    // Only the keys were wrapped again; what they seal was not touched.
    const after = await sealedRows(test, organization);
    expect(after.map(({ sealed }) => sealed)).toEqual(before.map(({ sealed }) => sealed));
    expect(await countOpenable(test, organization)).toBe(ROWS);
  });

  it('retires the old version when that time is over, and begins no other rotation for it', async () => {
    const { code, output } = await run(['rotate', ...AT_ONCE]);
    expect(output).toContain('Wrapped 0 keys again with master key version 2.');
    expect(output).toContain('Retired version 1.');
    expect(code).toBe(0);
    expect((await run(['status'])).output).toMatch(
      provider === 'file' ? /version 1: retired/ : /version 2: current/,
    );
    expect(await countOpenable(test, organization)).toBe(ROWS);
  });

  it('leaves sign-in and the hashes of sensitive values as they are', async () => {
    const before = hash();
    const jwks = await test.request(null, 'GET', '/.well-known/jwks.json');
    const { output } = await run(['rotate', ...AT_ONCE]);
    expect(output).toContain('Retired version 2.');
    expect((await test.request(null, 'GET', '/.well-known/jwks.json')).body).toEqual(jwks.body);
    const token = await (await test.newUser(organization)).login();
    expect((await test.request(token, 'GET', '/api/v1/environments')).status).toBe(200);
    const again = await TestContext.open({
      DB_NAME: test.config.get('DB_NAME'),
      ...stand.settings,
    });
    const fresh = again.get(SensitiveValues).hasherFor(organization.context);
    expect(fresh.hash('a sensitive value')).toBe(before);
    await again.close();
  });

  it('seals with the newest version in a process that runs since before', async () => {
    const environment = await test.newOrganization();
    await sealMany(test, environment, 1);
    expect(await versionsOf(environment)).toEqual(new Set([3]));
  });

  it('says which rows cannot be opened, wraps the others and retires nothing', async () => {
    const damaged = await test.newOrganization();
    const [first = ''] = await sealMany(test, damaged, 2);
    await damage(test, damaged, first);
    const { code, output } = await run(['rotate', ...AT_ONCE]);
    expect(output).toMatch(/Could not open environment_credentials [0-9a-f-]+ of organization /);
    expect(output).toContain('CRYPTO.TAMPERED');
    expect(output).not.toContain('Retired');
    expect(code).toBe(2);
    expect(await countOpenable(test, organization)).toBe(ROWS);
  });

  it('shows no key, no secret and no plaintext', async () => {
    const outputs = [await run(['status']), await run(['rotate', '--dry-run'])];
    const text = outputs.map(({ output }) => output).join();
    for (const secret of await stand.secrets()) expect(text).not.toContain(secret);
    expect(text).not.toContain('canary');
  });
});

describe('driftguard keys without a key that is needed', () => {
  let stand: Stand;
  let test: TestContext;

  beforeAll(async () => {
    stand = await fileStand();
    test = await TestContext.open({
      DB_NAME: `driftguard_rotation_missing_${process.pid}`,
      ...stand.settings,
    });
    await sealMany(test, await test.newOrganization(), 2);
  });
  afterAll(async () => {
    await test.close();
    await stand.close();
  });

  it('refuses and names version and table, and changes nothing', async () => {
    const file = String(stand.settings.ENCRYPTION_KEY_FILE);
    const kept = await readFile(file, 'utf8');
    await writeFile(file, kept.replace('"version": 1', '"version": 5'));
    const { code, output } = await runCommand(test.config, ['keys', 'rotate'], stand.rotation);
    expect(output).toContain('version 1: 2 in environment_credentials');
    expect(output).toContain('Nothing was changed');
    expect(code).toBe(2);
    await writeFile(file, kept);
  });

  it('refuses a file that others can read', async () => {
    const file = String(stand.settings.ENCRYPTION_KEY_FILE);
    await chmod(file, 0o640);
    const { code, output } = await runCommand(test.config, ['keys', 'status'], stand.rotation);
    expect(output).toContain('its permissions are 0640');
    expect(code).toBe(2);
    await chmod(file, 0o600);
  });

  it('keeps the file to its owner when it writes a version', async () => {
    const file = String(stand.settings.ENCRYPTION_KEY_FILE);
    expect((await runCommand(test.config, ['keys', 'rotate'], stand.rotation)).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('says how to rotate keys that are in the environment', async () => {
    const settings = { ENCRYPTION_KEYS: `1:${(await stand.secrets())[1]}` };
    const { code, output } = await runCommand(test.config, ['keys', 'rotate'], settings);
    expect(output).toContain('version 2: ');
    expect(code).toBe(2);
  });
});

async function damage(
  test: TestContext,
  organization: TestOrganization,
  id: string,
): Promise<void> {
  await test.get(TenantSql).write(
    organization.context,
    `update environment_credentials
     set wrapped_key = overlay(wrapped_key placing '\\x41414141'::bytea from 20)
     where organization_id = $1 and environment_id = $2`,
    [organization.id, id],
  );
}
