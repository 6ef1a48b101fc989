import { Global, Module } from '@nestjs/common';
import { Config } from './core/config/index.js';
import { Logger } from './core/logging/index.js';
import { MailSender } from './core/mail/index.js';
import { AbsentMailSender, LoggedMailSender, SmtpMailSender } from './services/smtp/index.js';

/** How this installation sends mail. */
@Global()
@Module({
  providers: [
    {
      provide: MailSender,
      inject: [Config, Logger],
      useFactory: (config: Config, logger: Logger): MailSender => {
        const url = config.get('SMTP_URL');
        if (url !== undefined) {
          return new SmtpMailSender({
            url,
            from: config.get('MAIL_FROM'),
            requireTls: config.get('SMTP_REQUIRE_TLS'),
          });
        }
        if (config.get('NODE_ENV') === 'production') {
          logger.write(
            'warn',
            'no mail server is configured (SMTP_URL): nobody can be invited, reset a password or change an address by mail',
          );
          return new AbsentMailSender();
        }
        return new LoggedMailSender(({ to, subject, text }) =>
          logger.write('info', 'a mail that is not sent in development', { to, subject, text }),
        );
      },
    },
  ],
  exports: [MailSender],
})
export class MailModule {}
