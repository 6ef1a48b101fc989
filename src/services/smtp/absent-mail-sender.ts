import { mailErrors, MailSender } from '../../core/mail/index.js';

/** An installation without a mail server. */
export class AbsentMailSender extends MailSender {
  override readonly configured = false;

  override send(): Promise<void> {
    return Promise.reject(mailErrors.notConfigured());
  }
}
