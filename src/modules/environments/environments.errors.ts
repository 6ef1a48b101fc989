import { DomainError } from '../../core/errors/index.js';

export const environmentErrors = {
  nameTaken: (name: string) =>
    new DomainError({
      code: 'ENVIRONMENT.NAME_TAKEN',
      kind: 'conflict',
      message: `There is already an environment named ${JSON.stringify(name)}; choose another name.`,
    }),
  changedMeanwhile: (version: number) =>
    new DomainError({
      code: 'ENVIRONMENT.CHANGED_MEANWHILE',
      kind: 'conflict',
      message:
        'Somebody changed the environment since you read it; read it again and repeat the change.',
      details: { version },
    }),
  localCredentialsForbidden: (field: string) =>
    new DomainError({
      code: 'ENVIRONMENT.LOCAL_CREDENTIALS_FORBIDDEN',
      kind: 'invalid',
      message: `The credential field ${field} would use what the server itself is logged in with. Give credentials of your own, or ask the operator to set LOCAL_CREDENTIALS=true.`,
      details: { field },
    }),
  credentialsRefused: (reason: string, message: string) =>
    new DomainError({
      code: 'ENVIRONMENT.CREDENTIALS_REFUSED',
      kind: 'invalid',
      message: `The credentials do not work, so what was set before stays: ${message}`,
      details: { reason },
    }),
  cloudUnreachable: (message: string) =>
    new DomainError({
      code: 'ENVIRONMENT.CLOUD_UNREACHABLE',
      kind: 'unavailable',
      message: `The credentials could not be tried, so what was set before stays: ${message} Repeat it, or send accept_unreachable: true to keep them untried.`,
    }),
  cannotAsk: (provider: string) =>
    new DomainError({
      code: 'ENVIRONMENT.PROVIDER_NOT_READ',
      kind: 'invalid',
      message: `This installation cannot read ${provider}.`,
      details: { provider },
    }),
  noCredentials: () =>
    new DomainError({
      code: 'ENVIRONMENT.NO_CREDENTIALS',
      kind: 'invalid',
      message:
        'The environment has no credentials, so nothing can be read. Set them: PUT /api/v1/environments/{id}/credentials.',
    }),
};
