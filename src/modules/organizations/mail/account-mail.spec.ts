import { describe, expect, it } from '@jest/globals';
import { accountMail, type AccountMailFacts } from './account-mail.js';

const facts: AccountMailFacts = {
  to: 'grace@example.com',
  organization: 'Acme <script>alert(1)</script>',
  slug: 'acme',
  newAddress: 'grace.hopper@example.com',
  expiresAt: new Date('2026-01-08T09:30:00Z'),
  token: 'dgl_AAAA',
  publicUrl: 'https://drift.example/',
};

describe('mails about accounts', () => {
  it('carry the link in the fragment, and say until when it works', () => {
    const { text, html, to } = accountMail('invitation', facts);
    expect(to).toBe('grace@example.com');
    expect(text).toContain('https://drift.example/accept-invitation#token=dgl_AAAA');
    expect(text).toContain('until 2026-01-08 09:30 UTC');
    expect(html).toContain('href="https://drift.example/accept-invitation#token=dgl_AAAA"');
  });

  it('do not run what somebody called an organization', () => {
    const { html } = accountMail('password_reset', facts);
    expect(html).not.toContain('<script>');
    expect(html).toContain('Acme &lt;script&gt;');
  });

  it('give the old address no link and only a part of the new one', () => {
    const { text, html } = accountMail('email_changed', facts);
    expect(text).toContain('g…@example.com');
    expect(text + html).not.toMatch(/grace\.hopper|dgl_/);
  });
});
