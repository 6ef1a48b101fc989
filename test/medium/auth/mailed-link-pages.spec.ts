import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobWorker } from '../../../src/core/queue/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { Mailbox } from '../../support/mailbox.js';
import { TestContext } from '../../support/test-context.js';

const PASSPHRASE = 'gardens of tomorrow 42';

/** What a person sees who has a mail and a browser. */
describe('pages that mailed links lead to', () => {
  let test: TestContext;
  let mailbox: Mailbox;
  let acme: TestOrganization;
  let admin: string;

  beforeAll(async () => {
    mailbox = await Mailbox.open();
    test = await TestContext.open({
      SMTP_URL: mailbox.url,
      PUBLIC_URL: 'https://drift.example',
      QUEUE_PREFIX: `pages-${process.pid}`,
    });
    test.get(JobWorker).start();
    acme = await test.newOrganization();
    admin = await (await test.newUser(acme)).login();
  });
  afterAll(async () => {
    await test.close();
    await mailbox.close();
  });

  const open = (url: string, headers: Record<string, string> = {}) =>
    test.app.inject({ method: 'GET', url, headers });
  const send = (url: string, fields: Record<string, string> | string[][]) =>
    test.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      payload: new URLSearchParams(fields).toString(),
    });
  /** The page the link of the newest mail leads to, and its token. */
  const linkTo = async (address: string) => {
    const { raw } = await mailbox.mailTo(address, '#token=');
    const [, path = '', token = ''] =
      /https:\/\/drift\.example(\/[a-z-]+)#token=(dgl_[\w-]+)/.exec(raw) ?? [];
    return { path, token };
  };
  const login = (username: string, password: string) =>
    test.request(null, 'POST', '/api/v1/auth/login', {
      organization: acme.slug,
      username,
      password,
    });

  it.each(['/', '/signed-in', '/accept-invitation', '/reset-password', '/confirm-address'])(
    '%s is a page that the policy of the answers does not hinder',
    async (path) => {
      const { statusCode, headers, body } = await open(path);
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      expect(body).not.toMatch(/<style|\sstyle=|<script>|\son[a-z]+=/);
      expect(body).toMatch(/^<!doctype html>\s*<html lang="en">/);
      // Every field has a label; what is referred to is there.
      const fields = [...body.matchAll(/<input\s+id="(\w+)"/g)].map(([, id]) => id);
      for (const id of fields) expect(body).toContain(`<label for="${id}">`);
      for (const [, asset] of body.matchAll(/(?:src|href)="(pages\/[^"]+)"/g)) {
        expect((await open(`/${asset}`)).statusCode).toBe(200);
      }
    },
  );

  it('an invited person becomes a user, and is told what was wrong before', async () => {
    await test.request(admin, 'POST', '/api/v1/invitations', {
      email: 'linus@example.com',
      role: 'viewer',
    });
    const { path, token } = await linkTo('linus@example.com');
    expect((await open(path)).statusCode).toBe(200);
    const weak = await send(path, { token, username: 'linus<b>', password: 'short' });
    expect(weak.statusCode).toBe(400);
    expect(weak.body).toContain('role="alert"');
    expect(weak.body).toContain('value="linus&lt;b&gt;"');
    expect(weak.body).not.toContain('value="short"');
    const made = await send(path, { token, username: 'linus', password: PASSPHRASE });
    expect([made.statusCode, made.body.includes('Welcome')]).toEqual([200, true]);
    expect((await login('linus', PASSPHRASE)).status).toBe(200);
    const again = await send(path, { token, username: 'other', password: PASSPHRASE });
    expect(again.statusCode).toBe(400);
    expect(again.body).toContain('This link was used');
  });

  it('a forgotten password is set anew, and an address confirmed', async () => {
    const user = await test.newUser(acme);
    const address = `${user.username}@example.com`;
    const { organization, username } = { organization: acme.slug, username: user.username };
    await test.request(null, 'POST', '/api/v1/auth/password-reset', { organization, username });
    const reset = await linkTo(address);
    expect(reset.path).toBe('/reset-password');
    const done = await send(reset.path, { token: reset.token, new_password: PASSPHRASE });
    expect(done.statusCode).toBe(200);
    const session = await login(username, PASSPHRASE);
    expect(session.status).toBe(200);

    const email = `new-${address}`;
    await test.request(String(session.body.access_token), 'POST', '/api/v1/auth/email', {
      email,
      current_password: PASSPHRASE,
    });
    const confirm = await linkTo(email);
    expect(confirm.path).toBe('/confirm-address');
    expect((await send(confirm.path, { token: confirm.token })).statusCode).toBe(200);
    expect((await login(email, PASSPHRASE)).status).toBe(200);
  });

  it('forms are read on these pages only, and no field twice', async () => {
    const elsewhere = await send('/api/v1/invitations/accept', { token: 'x' });
    expect(elsewhere.statusCode).toBe(415);
    const twice = await send('/confirm-address', [
      ['token', 'a'],
      ['token', 'b'],
    ]);
    expect(twice.statusCode).toBe(400);
    expect((await send('/reset-password', { token: 'x'.repeat(20_000) })).statusCode).toBe(413);
  });

  it('who begins single sign-on at a browser is led on, and told errors by a page', async () => {
    const begun = await open(`/?organization=${acme.slug}`);
    expect(begun.headers.refresh).toBe(`0;url=api/v1/auth/sso/login?organization=${acme.slug}`);
    const url = `/api/v1/auth/sso/login?organization=${acme.slug}`;
    const page = await open(url, { accept: 'text/html,*/*' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect(page.body).toContain('SSO.NOT_CONFIGURED');
    expect((await open(url)).headers['content-type']).toContain('application/problem+json');
  });
});
