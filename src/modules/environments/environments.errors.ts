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
  endpointForbidden: () =>
    new DomainError({
      code: 'ENVIRONMENT.ENDPOINT_FORBIDDEN',
      kind: 'invalid',
      message:
        'This installation reads the providers at their own addresses only: leave cloud_settings.endpoint out, or ask the operator to set CUSTOM_ENDPOINTS=true.',
    }),
  localCredentialsForbidden: (field: string) =>
    new DomainError({
      code: 'ENVIRONMENT.LOCAL_CREDENTIALS_FORBIDDEN',
      kind: 'invalid',
      message: `The credential field ${field} would use what the server itself is logged in with. Give credentials of your own, or ask the operator to set LOCAL_CREDENTIALS=true.`,
      details: { field },
    }),
  noCredentials: () =>
    new DomainError({
      code: 'ENVIRONMENT.NO_CREDENTIALS',
      kind: 'invalid',
      message:
        'The environment has no credentials, so nothing can be read. Set them: PUT /api/v1/environments/{id}/credentials.',
    }),
};
