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
  usernameTaken: (username: string) =>
    new DomainError({
      code: 'USER.USERNAME_TAKEN',
      kind: 'conflict',
      message: `There already is a user ${username} in this organization.`,
    }),
  lastAdministrator: () =>
    new DomainError({
      code: 'USER.LAST_ADMINISTRATOR',
      kind: 'conflict',
      message:
        'This is the last active administrator: make somebody else administrator first, then try again.',
    }),
};
