import { EntityManager, ref } from '@mikro-orm/core';
import { DriftEvent } from '../../src/modules/drifts/index.js';
import { ScanRun } from '../../src/modules/drifts/scan-run.entity.js';
import { Environment } from '../../src/modules/environments/index.js';
import { SsoConnection } from '../../src/modules/organizations/index.js';
import type { TestOrganization } from '../factories/organization.factory.js';
import type { TestContext } from '../support/test-context.js';

/** What the two-organization suite needs of organization A: an administrator's token, and what was made so far. */
export interface Owner {
  readonly test: TestContext;
  readonly organization: TestOrganization;
  readonly token: string;
  /** Ids of the objects that were made before, by parameter. */
  readonly made: ReadonlyMap<string, string>;
}

/** The parameter as it stands in the path, with the noun before it: `environments/{environment_id}`. */
type Creators = Readonly<Record<string, (owner: Owner) => Promise<string>>>;

/**
 * How to make an object of organization A for each path parameter of the API, in this order. A new endpoint with an
 * id in its path needs one line here.
 */
export const CREATORS: Creators = {
  'organizations/{id}': async (owner) => {
    await insert(owner, SsoConnection, {
      issuer: 'https://login.acme.example',
      client_id: 'driftguard',
      scopes: ['openid'],
      groups_claim: 'groups',
      role_mapping: [],
      allowed_domains: [],
      jit_users: false,
      second_factor_values: [],
      enforced: false,
      key_version: 1,
      wrapped_key: Buffer.alloc(0),
      sealed: Buffer.alloc(0),
    });
    return owner.organization.id;
  },
  'users/{id}': async ({ test, organization }) => (await test.newUser(organization)).id,
  'sessions/{session_id}': async ({ test, token }) => {
    const { body } = await test.request(token, 'GET', '/api/v1/auth/sessions');
    const [own] = body.data as { readonly id: string }[];
    return own?.id ?? '';
  },
  'service-accounts/{service_account_id}': (owner) =>
    post(owner, 'service-accounts', { name: 'pipeline', role: 'editor' }),
  'api-keys/{api_key_id}': (owner) =>
    post(owner, 'auth/api-keys', { name: 'laptop', scopes: ['scan:read'], expires_in_days: 1 }),
  'invitations/{invitation_id}': (owner) =>
    post(owner, 'invitations', { email: 'linus@acme.example', role: 'viewer' }),
  'environments/{environment_id}': (owner) =>
    post(owner, 'environments', { name: 'production', provider: 'kubernetes' }),
  'sources/{source_id}': (owner) =>
    post(owner, 'sources', {
      environment_id: owner.made.get('environments/{environment_id}'),
      name: 'manifests',
    }),
  'ignore-rules/{ignore_rule_id}': (owner) =>
    post(owner, 'ignore-rules', { name: 'tags', paths: ['tags'] }),
  'scans/{scan_id}': (owner) => insert(owner, ScanRun, { status: 'succeeded', trigger: 'api' }),
  'drifts/{drift_id}': (owner) => {
    const [now, scan] = [new Date(), owner.made.get('scans/{scan_id}') ?? ''];
    return insert(owner, DriftEvent, {
      fingerprint: 'a drift of A',
      differences_hash: 'none',
      drift_type: 'deleted',
      status: 'opened',
      verdict: 'confirmed',
      provider: 'kubernetes',
      resource_type: 'apps/v1/Deployment',
      detected_at: now,
      first_seen_at: now,
      last_seen_at: now,
      first_scan_id: scan,
      last_scan_id: scan,
    });
  },
};

async function insert<T extends ScanRun | DriftEvent | SsoConnection>(
  { test, organization, made }: Owner,
  Row: new () => T,
  fields: Partial<T>,
): Promise<string> {
  const em = test.get(EntityManager);
  return test.as(organization.context, async () => {
    const id = made.get('environments/{environment_id}');
    const row = Object.assign(new Row(), fields, { organization_id: organization.id });
    if (id !== undefined) {
      Object.assign(row, { environment: ref(await em.findOneOrFail(Environment, { id })) });
    }
    await em.persist(row).flush();
    return row.id;
  });
}

async function post({ test, token }: Owner, noun: string, body: object): Promise<string> {
  const answer = await test.request(token, 'POST', `/api/v1/${noun}`, body);
  if (answer.status !== 201) throw new Error(`cannot make one of ${noun}: ${answer.text}`);
  return String(answer.body.id);
}
