import { type MailMessage, MailSender } from '../../core/mail/index.js';

/** For development: what would be mailed is written down where the developer looks. Never in production: links are secrets. */
export class LoggedMailSender extends MailSender {
  override readonly configured = true;

  constructor(private readonly write: (message: MailMessage) => void) {
    super();
  }

  override send(message: MailMessage): Promise<void> {
    this.write(message);
    return Promise.resolve();
  }
}
