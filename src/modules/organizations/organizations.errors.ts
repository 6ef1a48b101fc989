import { DomainError } from '../../core/errors/index.js';

export const organizationErrors = {
  notFound: () =>
    new DomainError({
      code: 'ORGANIZATION.NOT_FOUND',
      kind: 'notFound',
      message: 'There is no such organization.',
    }),
  nameTaken: () =>
    new DomainError({
      code: 'ORGANIZATION.NAME_TAKEN',
      kind: 'conflict',
      message: 'Another organization already has this name; choose a different one.',
    }),
  slugTaken: () =>
    new DomainError({
      code: 'ORGANIZATION.SLUG_TAKEN',
      kind: 'conflict',
      message: 'Another organization already uses this slug at login; choose a different one.',
    }),
  registrationClosed: () =>
    new DomainError({
      code: 'ORGANIZATION.REGISTRATION_CLOSED',
      kind: 'forbidden',
      message: 'This installation does not take registrations; ask its operator.',
    }),
  tooManyRegistrations: () =>
    new DomainError({
      code: 'ORGANIZATION.TOO_MANY_REGISTRATIONS',
      kind: 'tooMany',
      logLevel: 'warn',
      message: 'Too many organizations were registered from this address; wait an hour.',
    }),
  alreadyInvited: () =>
    new DomainError({
      code: 'INVITATION.ALREADY_OPEN',
      kind: 'conflict',
      message: 'This address has an open invitation already; revoke that one to send another.',
    }),
  /** One answer for every reason. */
  linkInvalid: () =>
    new DomainError({
      code: 'ACCOUNT.LINK_INVALID',
      kind: 'invalid',
      message: 'This link was used, was revoked, is too old or was never valid; ask for a new one.',
    }),
  tooManyMails: () =>
    new DomainError({
      code: 'ACCOUNT.TOO_MANY_MAILS',
      kind: 'tooMany',
      logLevel: 'warn',
      message: 'Too many mails were asked for; wait an hour.',
    }),
  serviceAccountNameTaken: () =>
    new DomainError({
      code: 'SERVICE_ACCOUNT.NAME_TAKEN',
      kind: 'conflict',
      message: 'There already is a service account of this name; choose a different one.',
    }),
  usernameTaken: () =>
    new DomainError({
      code: 'USER.USERNAME_TAKEN',
      kind: 'conflict',
      message: 'There already is a user of this name in this organization.',
    }),
  deletionPending: () =>
    new DomainError({
      code: 'DELETION.ALREADY_REQUESTED',
      kind: 'conflict',
      message: 'This deletion was requested already; it can be cancelled until it is done.',
    }),
  noDeletion: () =>
    new DomainError({
      code: 'DELETION.NOT_REQUESTED',
      kind: 'notFound',
      message: 'No deletion is requested.',
    }),
  breakGlass: () =>
    new DomainError({
      code: 'USER.BREAK_GLASS',
      kind: 'conflict',
      message:
        'Single sign-on is enforced, and this administrator is the only one with a password: name another break_glass_user first.',
    }),
  lastAdministrator: () =>
    new DomainError({
      code: 'USER.LAST_ADMINISTRATOR',
      kind: 'conflict',
      message:
        'This is the last active administrator: make somebody else administrator first, then try again.',
    }),
};
