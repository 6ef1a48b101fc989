import { createTransport } from 'nodemailer';
import { type MailMessage, mailErrors, MailSender } from '../../core/mail/index.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly url: string;
  readonly from: string;
  /** Refuse to send anything, the password first, over a connection that is not encrypted and verified. */
  readonly requireTls: boolean;
}

/** A mail server that says nothing for this long counts as down; the job tries again later. */
const PATIENCE_MS = 20_000;
/** RFC 5321: 4yz is transient, 5yz is permanent. */
const PERMANENT = 500;

/** Sends mail over SMTP, one connection per mail: a few mails a day need no pool. */
export class SmtpMailSender extends MailSender {
  override readonly configured = true;

  constructor(private readonly options: SmtpOptions) {
    super();
  }

  override async send(message: MailMessage): Promise<void> {
    const transport = createTransport({
      ...serverOf(this.options.url),
      requireTLS: this.options.requireTls,
      tls: { rejectUnauthorized: this.options.requireTls },
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from: this.options.from,
        ...message,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw isPermanent(error) ? mailErrors.refused(error) : mailErrors.unavailable(error);
    } finally {
      transport.close();
    }
  }
}

function serverOf(text: string) {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  return {
    host: url.hostname,
    port,
    secure,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

function isPermanent(error: unknown): boolean {
  const code = (error as { readonly responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code >= PERMANENT;
}
