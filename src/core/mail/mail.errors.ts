import { DomainError } from '../errors/index.js';

export const mailErrors = {
  notConfigured: () =>
    new DomainError({
      code: 'MAIL.NOT_CONFIGURED',
      kind: 'unavailable',
      logLevel: 'warn',
      message: 'This installation has no mail server: its operator has to set SMTP_URL.',
    }),
  unavailable: (cause: unknown) =>
    new DomainError({
      code: 'MAIL.UNAVAILABLE',
      kind: 'unavailable',
      logLevel: 'warn',
      message: 'The mail server did not take the mail now; it is tried again.',
      cause,
    }),
  refused: (cause: unknown) =>
    new DomainError({
      code: 'MAIL.REFUSED',
      kind: 'invalid',
      logLevel: 'error',
      message:
        'The mail server refused the mail for good: check SMTP_URL, MAIL_FROM and the address.',
      cause,
    }),
};
