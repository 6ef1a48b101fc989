export interface MailMessage {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where mails leave. Adapters implement it; jobs call it, requests only queue. */
export abstract class MailSender {
  /** False where nobody said how to send mail: what depends on it refuses at once, instead of waiting for ever. */
  abstract readonly configured: boolean;

  /**
   * Resolves when the next server took the mail over.
   *
   * @throws DomainError `MAIL.UNAVAILABLE` (try again), `MAIL.REFUSED` (final), `MAIL.NOT_CONFIGURED`
   */
  abstract send(message: MailMessage): Promise<void>;
}
