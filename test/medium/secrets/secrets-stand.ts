import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUIDv7 } from 'node:crypto';
import {
  type Envelope,
  KEY_RING,
  type KeyRing,
  openEnvelope,
  sealEnvelope,
} from '../../../src/core/crypto/index.js';
import type { Config, ConfigValues } from '../../../src/core/config/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import type { VaultSandboxOptions } from '../../../sandbox/vault/vault-server.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestContext } from '../../support/test-context.js';

const AT_ONCE = 50;
const ROOT = path.resolve(import.meta.dirname, '../../..');
export const CANARY = 'canary-5d0c7e';
export const APPLICATION = { roleId: 'application-role', secretId: `${CANARY}-application` };
export const ROTATION = { roleId: 'rotation-role', secretId: `${CANARY}-rotation` };

/** The policy files that are shipped: what they leave out fails here. */
export function policy(name: string): Record<string, string> {
  const file = path.join(ROOT, 'vault/policies', `${name}.hcl`);
  return { [name]: readFileSync(file, 'utf8') };
}

export function appRoles(ttl: number, maxTtl: number): VaultSandboxOptions['appRoles'] {
  return {
    [APPLICATION.roleId]: {
      secretId: APPLICATION.secretId,
      policies: policy('driftguard-application'),
      ttl,
      maxTtl,
    },
    [ROTATION.roleId]: {
      secretId: ROTATION.secretId,
      policies: policy('driftguard-key-rotation'),
      ttl,
      maxTtl,
    },
  };
}

export function vaultSettings(
  address: string,
  login: { readonly roleId: string; readonly secretId: string },
): Partial<ConfigValues> {
  return { VAULT_ADDR: address, VAULT_ROLE_ID: login.roleId, VAULT_SECRET_ID: login.secretId };
}

/** One run of the command line as its own process. `killAt`: killed when this was written. */
export async function runCommand(
  config: Config,
  args: readonly string[],
  settings: Partial<ConfigValues>,
  killAt?: RegExp,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/src/cli.js'), ...args], {
    env: { PATH: process.env.PATH, ...environmentOf(config), ...texts(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (killAt?.test(output)) child.kill('SIGKILL');
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}

function environmentOf(config: Config): Record<string, string> {
  return {
    NODE_ENV: 'testing',
    DB_HOST: config.get('DB_HOST'),
    DB_PORT: String(config.get('DB_PORT')),
    DB_NAME: config.get('DB_NAME'),
    REDIS_URL: config.get('REDIS_URL'),
  };
}

function texts(settings: Partial<ConfigValues>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}

/** Many environments with sealed credentials, written past the API. */
export async function sealMany(
  test: TestContext,
  organization: TestOrganization,
  count: number,
): Promise<string[]> {
  const ring = test.app.get<KeyRing>(KEY_RING, { strict: false });
  const ids = Array.from({ length: count }, () => randomUUIDv7());
  const envelopes: Envelope[] = [];
  for (let at = 0; at < count; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const sealed = some.map((id) =>
      sealEnvelope(ring, `${CANARY}-${id}`, placeOf(organization, id)),
    );
    envelopes.push(...(await Promise.all(sealed)));
  }
  const sql = test.get(TenantSql);
  await sql.write(
    organization.context,
    `insert into environments (organization_id, id, name, provider)
     select $1, id, id::text, 'aws' from unnest($2::uuid[]) as given(id)`,
    [organization.id, ids],
  );
  await sql.write(
    organization.context,
    `insert into environment_credentials
       (organization_id, id, environment_id, field_names, key_version, wrapped_key, sealed)
     select $1, id, environment, '[]', version, wrapped, sealed
     from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bytea[], $6::bytea[])
       as given(id, environment, version, wrapped, sealed)`,
    [
      organization.id,
      ids.map(() => randomUUIDv7()),
      ids,
      envelopes.map(({ keyVersion }) => keyVersion),
      envelopes.map(({ wrapped }) => wrapped),
      envelopes.map(({ sealed }) => sealed),
    ],
  );
  return ids;
}

export interface SealedRow {
  readonly environment_id: string;
  readonly key_version: number;
  readonly wrapped_key: Buffer;
  readonly sealed: Buffer;
}

export function sealedRows(
  test: TestContext,
  organization: TestOrganization,
): Promise<SealedRow[]> {
  return test.get(TenantSql).read<SealedRow & Record<string, unknown>>(
    organization.context,
    `select environment_id, key_version, wrapped_key, sealed from environment_credentials
     where organization_id = $1 order by environment_id`,
    [organization.id],
  );
}

/** How many open and hold what was sealed. */
export async function countOpenable(
  test: TestContext,
  organization: TestOrganization,
): Promise<number> {
  const ring = test.app.get<KeyRing>(KEY_RING, { strict: false });
  let opened = 0;
  for (const row of await sealedRows(test, organization)) {
    const envelope = { keyVersion: row.key_version, wrapped: row.wrapped_key, sealed: row.sealed };
    const text = await openEnvelope(ring, envelope, placeOf(organization, row.environment_id));
    if (text === `${CANARY}-${row.environment_id}`) opened += 1;
  }
  return opened;
}

export function placeOf(organization: TestOrganization, environmentId: string): string {
  return `${organization.id}/environment_credentials/${environmentId}`;
}
