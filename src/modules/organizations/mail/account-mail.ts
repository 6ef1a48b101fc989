import type { MailMessage } from '../../../core/mail/index.js';
import type { AccountMail } from './send-account-mail.job.js';

export interface AccountMailFacts {
  readonly to: string;
  readonly organization: string;
  readonly slug: string;
  readonly newAddress: string;
  /** When the link stops working; null without a link. */
  readonly expiresAt: Date | null;
  readonly token: string | null;
  readonly publicUrl: string;
}

interface Words {
  readonly subject: string;
  readonly paragraphs: (facts: AccountMailFacts) => readonly string[];
  /** Page the link leads to, and what stands on it. */
  readonly link?: { readonly page: string; readonly label: string };
}

const NOT_YOU = 'If this was not you, change your password and tell your administrator.';
const IGNORE = 'If you did not ask for this, ignore this mail: nothing happens without the link.';

const WORDS: Readonly<Record<AccountMail, Words>> = {
  invitation: {
    subject: 'You are invited to DriftGuard',
    paragraphs: ({ organization, slug }) => [
      `An administrator of ${organization} invites you to DriftGuard.`,
      `Choose a username and a password with the link below. The organization is called ${slug} at login.`,
    ],
    link: { page: 'accept-invitation', label: 'Accept the invitation' },
  },
  password_reset: {
    subject: 'A new password for DriftGuard',
    paragraphs: ({ organization }) => [
      `Somebody asked for a new password of your account at ${organization}.`,
      IGNORE,
    ],
    link: { page: 'reset-password', label: 'Choose a new password' },
  },
  email_change: {
    subject: 'Confirm your address for DriftGuard',
    paragraphs: ({ organization }) => [
      `This address was given for an account at ${organization}. It is used once you confirm it.`,
      IGNORE,
    ],
    link: { page: 'confirm-address', label: 'Confirm the address' },
  },
  email_change_requested: {
    subject: 'Your address at DriftGuard is about to change',
    paragraphs: ({ organization, newAddress }) => [
      `Somebody asked to replace this address of your account at ${organization} by ${masked(newAddress)}.`,
      NOT_YOU,
    ],
  },
  email_changed: {
    subject: 'Your address at DriftGuard was changed',
    paragraphs: ({ organization, newAddress }) => [
      `Your account at ${organization} now has the address ${masked(newAddress)}; this one is used no more.`,
      NOT_YOU,
    ],
  },
  password_changed: {
    subject: 'Your password at DriftGuard was changed',
    paragraphs: ({ organization }) => [
      `The password of your account at ${organization} was changed. You were logged out everywhere.`,
      NOT_YOU,
    ],
  },
};

/** The mail as people read it, as text and as HTML. */
export function accountMail(mail: AccountMail, facts: AccountMailFacts): MailMessage {
  const words = WORDS[mail];
  const paragraphs = words.paragraphs(facts);
  const url = linkOf(words, facts);
  const until =
    url === null || facts.expiresAt === null
      ? null
      : `The link works once, until ${facts.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  const text = [...paragraphs, ...(url === null ? [] : [url]), ...(until === null ? [] : [until])];
  return {
    to: facts.to,
    subject: words.subject,
    text: `${text.join('\n\n')}\n`,
    html: page([
      ...paragraphs.map(escaped),
      ...(url === null ? [] : [anchor(url, words.link?.label ?? url)]),
      ...(until === null ? [] : [escaped(until)]),
    ]),
  };
}

/** In the fragment: what stands there is sent to no server and so gets into no access log. */
function linkOf(words: Words, { token, publicUrl }: AccountMailFacts): string | null {
  if (words.link === undefined || token === null) return null;
  return `${publicUrl.replace(/\/+$/, '')}/${words.link.page}#token=${token}`;
}

function page(paragraphs: readonly string[]): string {
  const body = paragraphs.map((one) => `<p>${one}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en"><body style="font-family: sans-serif">\n${body}\n</body></html>\n`;
}

function anchor(url: string, label: string): string {
  return `<a href="${escaped(url)}">${escaped(label)}</a>`;
}

/** Names are whatever people typed. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** `g…@acme.example`: enough to recognise the own address, not enough to give away somebody else's. */
function masked(address: string): string {
  return address.replace(/^(.).*@/, '$1…@');
}
