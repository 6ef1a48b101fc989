import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AbsentMailSender, SmtpMailSender } from '../../../src/services/smtp/index.js';
import { Mailbox } from '../../support/mailbox.js';

const message = {
  to: 'grace@example.com',
  subject: 'Grüße aus Köln',
  text: 'a text\n',
  html: '<p>a text</p>\n',
};

describe('sending mail over SMTP', () => {
  let mailbox: Mailbox;

  beforeAll(async () => {
    mailbox = await Mailbox.open();
  });

  afterAll(() => mailbox.close());

  const sender = (url = mailbox.url, requireTls = false) =>
    new SmtpMailSender({ url, from: 'DriftGuard <from@example.com>', requireTls });

  it('hands over text and HTML, from the configured sender', async () => {
    await sender().send(message);
    const { raw, from } = await mailbox.mailTo('grace@example.com');
    expect(from).toBe('from@example.com');
    expect(raw).toMatch(/Content-Type: text\/plain/);
    expect(raw).toMatch(/Content-Type: text\/html/);
    expect(raw).toContain('Auto-Submitted: auto-generated');
  });

  it('cannot be made to write headers or to write to somebody else by what people typed', async () => {
    await sender().send({ ...message, subject: 'x\r\nBcc: other@example.com\r\n\r\nbody' });
    const { to, raw } = await mailbox.mailTo('grace@example.com');
    expect(to).toBe('grace@example.com');
    expect(raw).not.toMatch(/^Bcc:/m);
  });

  it('tries again later or not at all, as the server says', async () => {
    mailbox.refuseWith = 451;
    await expect(sender().send(message)).rejects.toMatchObject({ code: 'MAIL.UNAVAILABLE' });
    mailbox.refuseWith = 550;
    await expect(sender().send(message)).rejects.toMatchObject({ code: 'MAIL.REFUSED' });
    mailbox.refuseWith = null;
    await expect(sender('smtp://127.0.0.1:1').send(message)).rejects.toMatchObject({
      code: 'MAIL.UNAVAILABLE',
    });
  });

  it('gives neither password nor mail to a server without encryption, where that is required', async () => {
    const url = mailbox.url.replace('smtp://', 'smtp://user:canary-password@');
    const error: unknown = await sender(url, true)
      .send(message)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'MAIL.REFUSED' });
    expect(mailbox.mails).toEqual([]);
    expect(String((error as Error).cause)).not.toContain('canary-password');
  });

  it('is refused at once where there is no server', async () => {
    const absent = new AbsentMailSender();
    expect(absent.configured).toBe(false);
    await expect(absent.send()).rejects.toMatchObject({ code: 'MAIL.NOT_CONFIGURED' });
  });
});
