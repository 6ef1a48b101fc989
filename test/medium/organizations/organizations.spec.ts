import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditReader } from '../../../src/core/audit/index.js';
import { FirstAdministratorService } from '../../../src/modules/organizations/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

const SETTINGS = {
  drift_detection_enabled: true,
  auto_analysis_enabled: false,
  email_notifications: true,
  slack_integration: true,
  slack_webhook_url: 'https://hooks.slack.com/services/T0/B0/secret',
  audit_logging: true,
  session_timeout: 600,
  two_factor_required: false,
};

describe('organization and settings', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let admin: TestUser;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    admin = await test.newUser(acme);
    token = await admin.login();
  });

  afterAll(() => test.close());

  const auditLog = () =>
    test
      .get(AuditReader)
      .list(acme.context, {}, null, 1000)
      .then((entries) => entries.reverse());

  it('reads and replaces settings, and records both sides with secrets masked', async () => {
    const url = `/api/v1/organizations/${acme.id}/settings/`;
    const changed = await test.request(token, 'PUT', url, SETTINGS);
    expect([changed.status, changed.body]).toEqual([200, { organization: acme.id, ...SETTINGS }]);
    expect((await test.request(token, 'GET', url)).body).toEqual(changed.body);

    const entry = (await auditLog()).at(-1);
    expect(entry).toMatchObject({
      action: 'update_settings',
      resource_type: 'settings',
      resource_id: acme.id,
      user_id: admin.id,
      actor: admin.username,
      correlation_id: changed.headers['x-correlation-id'],
    });
    expect(entry?.old_values).toMatchObject({ session_timeout: 3600, slack_webhook_url: '' });
    expect(entry?.new_values).toMatchObject({
      session_timeout: 600,
      slack_webhook_url: '[redacted]',
    });
  });

  it('refuses incomplete and unknown settings, by name', async () => {
    const url = `/api/v1/organizations/${acme.id}/settings`;
    const { audit_logging: _, ...incomplete } = SETTINGS;
    const answer = await test.request(token, 'PUT', url, { ...incomplete, colour: 'red' });
    expect(answer.status).toBe(400);
    const fields = (answer.body.errors as { field: string }[]).map((one) => one.field);
    expect(fields.sort()).toEqual(['audit_logging', 'colour']);
  });

  it('changes its own organization and nobody knows another', async () => {
    const other = await test.newOrganization();
    const body = { name: 'Acme Cloud', description: '', contact_email: 'a@acme.example' };
    const own = await test.request(token, 'PUT', `/api/v1/organizations/${acme.id}`, body);
    expect(own.body).toMatchObject({ id: acme.id, name: 'Acme Cloud' });
    const foreign = await test.request(token, 'PUT', `/api/v1/organizations/${other.id}`, body);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'ORGANIZATION.NOT_FOUND']);
    const taken = { ...body, name: `Organization ${other.slug}` };
    const clash = await test.request(token, 'PUT', `/api/v1/organizations/${acme.id}`, taken);
    expect([clash.status, clash.body.code]).toEqual([409, 'ORGANIZATION.NAME_TAKEN']);
  });

  it('records what was made, changed and deleted by its own id', async () => {
    const made = await test.request(token, 'POST', '/api/v1/environments', {
      name: 'audited',
      provider: 'kubernetes',
    });
    const id = String(made.body.id);
    const url = `/api/v1/environments/${id}`;
    expect((await test.request(token, 'PATCH', url, { description: 'x' })).status).toBe(200);
    expect((await test.request(token, 'DELETE', url)).status).toBe(204);
    const entries = (await auditLog()).filter((entry) => entry.resource_type === 'environment');
    expect(entries.map((entry) => [entry.action, entry.resource_id])).toEqual([
      ['create_environment', id],
      ['update_environment', id],
      ['delete_environment', id],
    ]);
  });

  it('records less when the organization wants less, but never nothing about people', async () => {
    const quiet = await test.newOrganization({ audit_logging: false });
    const quietToken = await (await test.newUser(quiet)).login();
    await test.request(quietToken, 'POST', '/api/v1/environments', { name: 'x', provider: 'aws' });
    await test.request(quietToken, 'POST', '/api/v1/users', {
      username: 'ada',
      email: 'ada@example.com',
      role: 'viewer',
    });
    const entries = await test.get(AuditReader).list(quiet.context, {}, null, 100);
    expect(entries.map((entry) => entry.action)).toEqual(['create_user', 'login']);
  });

  it('records a refused call as refused', async () => {
    await test.request(token, 'PUT', `/api/v1/organizations/${acme.id}`, { name: '' });
    expect((await auditLog()).at(-1)).toMatchObject({
      action: 'update_organization',
      result: 'refused',
      code: 'REQUEST.INVALID',
    });
  });
});

describe('the first administrator', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open({
      DB_NAME: `driftguard_first_${process.pid}`,
      // Failed logins of other tests count for this address.
      QUEUE_PREFIX: `first-${process.pid}`,
    });
  });

  afterAll(() => test.close());

  it('is made once, with a random password that has to be changed', async () => {
    const service = test.get(FirstAdministratorService);
    const request = {
      organization: { name: 'Acme', slug: 'acme' },
      username: 'admin',
      email: 'admin@acme.example',
    };
    const first = await service.createFirstAdministrator(request);
    expect(first.password).toMatch(/^[\w-]{20}$/);
    const second = await service.createFirstAdministrator(request);
    expect(second).toEqual({ ...first, password: null });

    // With a single organization nobody has to name it.
    const login = await test.request(null, 'POST', '/api/v1/auth/login', {
      username: 'admin',
      password: first.password,
    });
    expect([login.status, login.body.must_change_password]).toEqual([200, true]);
  });
});
