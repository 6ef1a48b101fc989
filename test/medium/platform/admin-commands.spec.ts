import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { runCli } from '../../../src/cli/run-cli.js';
import { EntityManager } from '@mikro-orm/postgresql';
import { OperatorCheck } from '../../../src/core/auth/index.js';
import { TestContext } from '../../support/test-context.js';

/** What a person with a shell on the installation types. */
describe('driftguard admin', () => {
  const name = `lin-${process.pid}`;
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `admin-${process.pid}` });
  });
  afterAll(() => test.close());

  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const code = await runCli(['admin', ...args], {
      env: environmentOf(test),
      cwd: () => process.cwd(),
      stdout: { write: (text: string) => ((stdout += text), true) },
      stderr: { write: (text: string) => ((stderr += text), true) },
    });
    return { code, stdout, stderr };
  };

  it('reset-2fa takes the factor off a user, ends the sessions, and stands in the audit log', async () => {
    const organization = await test.newOrganization();
    const admin = await test.newUser(organization);
    const user = await test.newUser(organization);
    const token = await user.login();
    const reader = await admin.login();
    const enrolled = await test.request(token, 'POST', '/api/v1/auth/two-factor', {
      password: user.password,
    });
    const otp_code = await generate({ secret: String(enrolled.body.secret) });
    expect((await test.request(token, 'PUT', '/api/v1/auth/two-factor', { otp_code })).status).toBe(
      200,
    );

    const flags = ['--organization', organization.slug, '--user', user.username];
    const reset = await run('reset-2fa', ...flags);
    expect(reset).toMatchObject({ code: 0, stderr: '' });
    expect(reset.stdout).toContain('The second factor of');
    expect((await test.request(token, 'GET', '/api/v1/auth/me')).status).toBe(401);
    const again = await test.request(await user.login(), 'GET', '/api/v1/auth/two-factor');
    expect(again.body.enabled).toBe(false);
    const log = await test.request(reader, 'GET', '/api/v1/audit-logs?action=reset_two_factor');
    expect(log.body.data).toMatchObject([
      { actor_kind: 'system', resource_type: 'user', resource_id: user.id, result: 'succeeded' },
    ]);
    expect((await run('reset-2fa', ...flags)).stdout).toContain('had no second factor');
  });

  it('reset-2fa says whom it does not know', async () => {
    const { slug } = await test.newOrganization();
    const unknown = await run('reset-2fa', '--organization', slug, '--user', 'nobody');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain(`There is no user nobody in ${slug}.`);
    const nowhere = await run('reset-2fa', '--organization', 'no-such', '--user', 'nobody');
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.stderr).toContain('There is no organization with the slug no-such.');
    expect(await run('reset-2fa', '--user', 'nobody')).toMatchObject({ code: 2 });
  });

  it('operator makes one, whose token and app work, lists, renews and disables', async () => {
    const from = { ip: '192.0.2.7', correlationId: 'test' };
    const made = await run('operator', 'create', name);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { token, secret } = credentialsIn(made.stdout);
    const check = test.get(OperatorCheck);
    const code = await generate({ secret });
    expect(await check.signIn({ token, code }, from)).toMatchObject({ name });
    // A code works once, and not without the token.
    await expect(check.signIn({ token, code }, from)).rejects.toThrow('Token or code is wrong');
    await expect(check.signIn({ token: 'dgo_x', code }, from)).rejects.toThrow('Token or code');

    expect((await run('operator', 'list')).stdout).toMatch(
      new RegExp(`${name} +since [-0-9]{10} +active`),
    );
    const renewed = credentialsIn((await run('operator', 'renew', name)).stdout);
    expect(renewed.token).not.toBe(token);
    expect((await run('operator', 'disable', name)).stdout).toContain('is refused from now on');
    expect((await run('operator', 'list')).stdout).toMatch(new RegExp(`${name}.*disabled`));
    const fresh = { token: renewed.token, code: await generate({ secret: renewed.secret }) };
    await expect(check.signIn(fresh, from)).rejects.toThrow('Token or code is wrong');

    const events = await run('operator', 'events', '--limit', '200');
    for (const action of ['create_operator', 'renew_operator', 'disable_operator']) {
      expect(events.stdout).toContain(`command line  ${action}  ${name}`);
    }
    expect(events.stdout).toContain(`${name}  sign_in  -  -  192.0.2.7  refused (OPERATOR.SIGN_IN`);
    for (const kept of [token, secret, renewed.token]) expect(events.stdout).not.toContain(kept);
  });

  it('operator says what is wrong, and what to do', async () => {
    await run('operator', 'create', `twice-${process.pid}`);
    const twice = await run('operator', 'create', `twice-${process.pid}`);
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain('already: renew what was lost, or take another name');
    expect((await run('operator', 'disable', 'nobody-here')).stderr).toContain('no operator');
    expect((await run('operator', 'create', 'a b')).stderr).toContain('cannot be called "a b"');
    expect((await run('operator', 'events', '--limit', '0')).stderr).toContain('whole number');
    const help = await run('operator', 'create', '--help');
    expect(help).toMatchObject({ code: 0 });
    expect(help.stdout).toContain('driftguard admin operator renew grace');
  });

  it('what operators did cannot be changed or deleted by the application', async () => {
    const em = test.get(EntityManager).fork();
    for (const sql of [
      `update operator_events set operator = 'x'`,
      'delete from operator_events',
      'delete from operators',
    ]) {
      await expect(em.execute(sql)).rejects.toThrow('permission denied');
    }
  });
});

function credentialsIn(text: string): { token: string; secret: string } {
  const [, token = ''] = /token +(dgo_\S+)/.exec(text) ?? [];
  const [, secret = ''] = /secret +([A-Z2-7]+)/.exec(text) ?? [];
  expect(token).not.toBe('');
  expect(secret).not.toBe('');
  return { token, secret };
}

function environmentOf({ config }: TestContext): Record<string, string> {
  const names = [
    'DB_HOST',
    'DB_PORT',
    'DB_NAME',
    'DB_OWNER_USER',
    'DB_OWNER_PASSWORD',
    'REDIS_URL',
    'QUEUE_PREFIX',
  ] as const;
  return {
    NODE_ENV: 'testing',
    ...Object.fromEntries(names.map((one) => [one, String(config.get(one))])),
  };
}
