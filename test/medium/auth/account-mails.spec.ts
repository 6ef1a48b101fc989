import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { JobWorker } from '../../../src/core/queue/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { Mailbox } from '../../support/mailbox.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const INVITATIONS = '/api/v1/invitations';
const ACCEPT = '/api/v1/invitations/accept';
const RESET = '/api/v1/auth/password-reset';
const PASSPHRASE = 'gardens of tomorrow 42';

describe('mails about accounts', () => {
  let test: TestContext;
  let mailbox: Mailbox;
  let acme: TestOrganization;
  let admin: string;

  beforeAll(async () => {
    mailbox = await Mailbox.open();
    test = await TestContext.open({
      SMTP_URL: mailbox.url,
      MAIL_FROM: 'DriftGuard <no-reply@driftguard.example>',
      PUBLIC_URL: 'https://drift.example/app',
      QUEUE_PREFIX: `mails-${process.pid}`,
    });
    test.get(JobWorker).start();
    acme = await test.newOrganization({ name: 'Acme & Sons' });
    admin = await (await test.newUser(acme)).login();
  });

  afterAll(async () => {
    await test.close();
    await mailbox.close();
  });

  const call = (url: string, body: object, token: string | null = null) =>
    test.request(token, 'POST', url, body);
  const told = ({ status, body }: Answer) => [status, body.code];
  const login = (username: string, password: string) =>
    call('/api/v1/auth/login', { organization: acme.slug, username, password });
  const invite = (email: string, role = 'editor') => call(INVITATIONS, { email, role }, admin);
  const expire = (id: string) =>
    test
      .get(TenantSql)
      .write(
        acme.context,
        `update account_links set expires_at = now() where organization_id = $1 and id = $2`,
        [acme.id, id],
      );

  describe('invitations', () => {
    it('make a user, once, with the role of the invitation', async () => {
      const invited = await invite('linus@example.com', 'viewer');
      expect(invited.status).toBe(201);
      const mail = await mailbox.mailTo('linus@example.com');
      expect(mail.from).toBe('no-reply@driftguard.example');
      expect(mail.raw).toContain('https://drift.example/app/accept-invitation#token=dgl_');
      expect(mail.raw).toContain('Acme &amp; Sons');
      const token = /#token=(dgl_[\w-]+)/.exec(mail.raw)?.[1] ?? '';

      const accepted = await call(ACCEPT, { token, username: 'linus', password: PASSPHRASE });
      expect(accepted.status).toBe(201);
      expect(accepted.body).toMatchObject({ email: 'linus@example.com', role: 'viewer' });
      expect((await login('linus', PASSPHRASE)).status).toBe(200);
      expect((await login('LINUS@example.com', PASSPHRASE)).status).toBe(200);
      const again = await call(ACCEPT, { token, username: 'other', password: PASSPHRASE });
      expect(told(again)).toEqual([400, 'ACCOUNT.LINK_INVALID']);
    });

    it('are for one: of two who accept at once, one gets in', async () => {
      await invite('race@example.com');
      const token = await mailbox.tokenTo('race@example.com');
      const answers = await Promise.all(
        ['race-1', 'race-2'].map((username) =>
          call(ACCEPT, { token, username, password: PASSPHRASE }),
        ),
      );
      expect(answers.map((one) => one.status).sort()).toEqual([201, 400]);
    });

    it('still work after a weak password or a taken name', async () => {
      await test.newUser(acme, { username: 'taken' });
      await invite('retry@example.com');
      const token = await mailbox.tokenTo('retry@example.com');
      const weak = await call(ACCEPT, { token, username: 'retry', password: 'password12345' });
      expect(told(weak)).toEqual([400, 'AUTH.WEAK_PASSWORD']);
      const taken = await call(ACCEPT, { token, username: 'taken', password: PASSPHRASE });
      expect(told(taken)).toEqual([409, 'USER.USERNAME_TAKEN']);
      const fine = await call(ACCEPT, { token, username: 'retry', password: PASSPHRASE });
      expect(fine.status).toBe(201);
    });

    it('are listed while they are open, and useless once revoked or too old', async () => {
      const revoked = await invite('revoked@example.com');
      const old = await invite('old@example.com');
      expect(told(await invite('old@example.com'))).toEqual([409, 'INVITATION.ALREADY_OPEN']);
      const tokens = [
        await mailbox.tokenTo('revoked@example.com'),
        await mailbox.tokenTo('old@example.com'),
      ];
      const list = async () => {
        const { body, text } = await test.request(admin, 'GET', INVITATIONS);
        expect(text).not.toMatch(/token|hash/);
        return (body.data as { email: string }[]).map((one) => one.email);
      };
      expect(await list()).toEqual(['revoked@example.com', 'old@example.com']);
      const path = `${INVITATIONS}/${String(revoked.body.id)}`;
      expect((await test.request(admin, 'DELETE', path)).status).toBe(204);
      expect(told(await test.request(admin, 'DELETE', path))).toEqual([
        404,
        'INVITATION.NOT_FOUND',
      ]);
      await expire(String(old.body.id));
      expect(await list()).toEqual([]);
      for (const token of [...tokens, 'dgl_AAAA', 'nonsense']) {
        const answer = await call(ACCEPT, { token, username: 'late', password: PASSPHRASE });
        expect(told(answer)).toEqual([400, 'ACCOUNT.LINK_INVALID']);
      }
    });

    it('are sent again when the mail server comes back, with a link that works', async () => {
      mailbox.refuseWith = 451;
      const invited = await invite('patient@example.com');
      while (mailbox.refusals === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      mailbox.refuseWith = null;
      const token = await mailbox.tokenTo('patient@example.com');
      const answer = await call(ACCEPT, { token, username: 'patient', password: PASSPHRASE });
      expect([invited.status, answer.status]).toEqual([201, 201]);
    }, 60_000);

    it('leave their token neither in the database nor in the queue', async () => {
      await invite('secret@example.com');
      const token = await mailbox.tokenTo('secret@example.com');
      const rows = await test
        .get(TenantSql)
        .read(acme.context, 'select * from account_links where organization_id = $1', [acme.id]);
      expect(JSON.stringify(rows)).not.toContain(token.slice(-40));
    });
  });

  describe('password resets', () => {
    const request = (username: string) => call(RESET, { organization: acme.slug, username });
    const confirm = (token: string, new_password = PASSPHRASE) =>
      call(`${RESET}/confirm`, { token, new_password });

    it('set a new password once, end every session, and tell the user', async () => {
      const user = await test.newUser(acme);
      const running = await user.login();
      expect((await request(user.username)).status).toBe(202);
      const token = await mailbox.tokenTo(`${user.username}@example.com`);
      expect((await test.request(running, 'GET', '/api/v1/auth/me')).status).toBe(200);
      expect((await confirm(token)).status).toBe(204);
      expect((await test.request(running, 'GET', '/api/v1/auth/me')).status).toBe(401);
      expect((await login(user.username, user.password)).status).toBe(401);
      expect((await login(user.username, PASSPHRASE)).status).toBe(200);
      expect(told(await confirm(token, 'another passphrase 77'))).toEqual([
        400,
        'ACCOUNT.LINK_INVALID',
      ]);
      const notice = await mailbox.mailTo(`${user.username}@example.com`);
      expect(notice.raw).toMatch(/password of your account/);
      expect(notice.raw).not.toContain('dgl_');
    });

    it('are useless too late, after a newer one, and for another purpose', async () => {
      const user = await test.newUser(acme);
      const address = `${user.username}@example.com`;
      await request(user.username);
      const first = await mailbox.tokenTo(address);
      await request(address);
      const second = await mailbox.tokenTo(address);
      expect(told(await confirm(first))).toEqual([400, 'ACCOUNT.LINK_INVALID']);
      const accept = await call(ACCEPT, { token: second, username: 'x', password: PASSPHRASE });
      expect(told(accept)).toEqual([400, 'ACCOUNT.LINK_INVALID']);
      await test
        .get(TenantSql)
        .write(
          acme.context,
          'update account_links set expires_at = now() where organization_id = $1 and user_id = $2',
          [acme.id, user.id],
        );
      expect(told(await confirm(second))).toEqual([400, 'ACCOUNT.LINK_INVALID']);
    });

    it('answer the same whether there is such a user or not', async () => {
      const user = await test.newUser(acme);
      const inactive = await test.newUser(acme, { is_active: false });
      const answers = [
        await request(user.username),
        await request('nobody'),
        await request(inactive.username),
        await call(RESET, { organization: 'nowhere', username: 'nobody' }),
      ];
      expect(new Set(answers.map((one) => `${one.status} ${one.text}`))).toEqual(new Set(['202 ']));
      await mailbox.tokenTo(`${user.username}@example.com`);
      expect(mailbox.mails.map((one) => one.to)).not.toContain(`${inactive.username}@example.com`);
    });

    it('are limited, for names that nobody has as well', async () => {
      const codes: unknown[] = [];
      for (let count = 0; count < 6; count++) codes.push((await request('no-such-user')).status);
      expect(codes).toEqual([202, 202, 202, 202, 202, 429]);
    });
  });

  describe('changes of address', () => {
    const change = (token: string, email: string, current_password: string) =>
      call('/api/v1/auth/email', { email, current_password }, token);
    const emailOf = async (user: TestUser) =>
      (await test.request(admin, 'GET', `/api/v1/users/${user.id}`)).body.email;

    it('take effect when the new address confirms, and tell the old one before and after', async () => {
      const user = await test.newUser(acme, { email: 'before@example.com' });
      const token = await user.login();
      expect(told(await change(token, 'after@example.com', 'wrong'))).toEqual([
        400,
        'AUTH.WRONG_CURRENT_PASSWORD',
      ]);
      expect((await change(token, 'after@example.com', user.password)).status).toBe(202);
      const warning = await mailbox.mailTo('before@example.com', 'about to change');
      expect(warning.raw).not.toMatch(/dgl_|after@example/);
      expect(await emailOf(user)).toBe('before@example.com');

      const link = await mailbox.tokenTo('after@example.com');
      expect((await call('/api/v1/auth/email/confirm', { token: link })).status).toBe(204);
      expect(await emailOf(user)).toBe('after@example.com');
      await mailbox.mailTo('before@example.com', 'was changed');
      expect(told(await call('/api/v1/auth/email/confirm', { token: link }))).toEqual([
        400,
        'ACCOUNT.LINK_INVALID',
      ]);
    });
  });
});
