import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  /** Headers and body as they came over the wire, soft line breaks removed. */
  readonly raw: string;
}

/** A mail server of the test's own: takes every mail, or refuses as it is told. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** SMTP status to refuse the next mails with; null takes them. */
  refuseWith: number | null = null;
  #refusals = 0;

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<Mailbox> {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      logger: false,
      onMailFrom: (_address, _session, done) => {
        done(box.#refusal());
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          box.mails.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map((one) => one.address).join(','),
            raw: decoded(Buffer.concat(chunks).toString()),
          });
          done();
        });
      },
    });
    const box = new Mailbox(server);
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return box;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  get refusals(): number {
    return this.#refusals;
  }

  /** Waits for a mail to this address, the newest when there are several; takes it out. */
  async mailTo(address: string, containing = ''): Promise<ReceivedMail> {
    for (;;) {
      const index = this.mails.findLastIndex(
        (one) => one.to === address && one.raw.includes(containing),
      );
      const [mail] = index < 0 ? [] : this.mails.splice(index, 1);
      if (mail !== undefined) return mail;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The token of the link in the next mail to this address. */
  async tokenTo(address: string): Promise<string> {
    const { raw } = await this.mailTo(address, '#token=');
    return /#token=(dgl_[\w-]+)/.exec(raw)?.[1] ?? '';
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  #refusal(): Error | null {
    if (this.refuseWith === null) return null;
    this.#refusals += 1;
    return Object.assign(new Error('refused'), { responseCode: this.refuseWith });
  }
}

/** Quoted-printable (RFC 2045), as far as mails of ours need it. */
function decoded(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
