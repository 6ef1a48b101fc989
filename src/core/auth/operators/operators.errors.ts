import { DomainError } from '../../errors/index.js';

export const operatorErrors = {
  nameInvalid: (name: string) =>
    new DomainError({
      code: 'OPERATOR.NAME_INVALID',
      kind: 'invalid',
      message: `An operator cannot be called ${JSON.stringify(name.slice(0, 80))}: take 1 to 60 letters, digits, dots, hyphens, underscores or @.`,
    }),
  exists: (name: string) =>
    new DomainError({
      code: 'OPERATOR.EXISTS',
      kind: 'conflict',
      message: `There is an operator ${name} already: renew what was lost, or take another name.`,
    }),
  notFound: (name: string) =>
    new DomainError({
      code: 'OPERATOR.NOT_FOUND',
      kind: 'notFound',
      message: `There is no operator ${JSON.stringify(name.slice(0, 80))}; the list says which there are.`,
    }),
  /** One answer for every reason. */
  signInRefused: () =>
    new DomainError({
      code: 'OPERATOR.SIGN_IN_REFUSED',
      kind: 'unauthenticated',
      logLevel: 'warn',
      message: 'Token or code is wrong, or the code was used before; take the next one.',
    }),
};
