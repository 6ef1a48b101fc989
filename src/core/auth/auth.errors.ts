import { DomainError } from '../errors/index.js';

export const authErrors = {
  /** One answer for every reason, so nobody learns which usernames exist. */
  invalidCredentials: () =>
    new DomainError({
      code: 'AUTH.INVALID_CREDENTIALS',
      kind: 'unauthenticated',
      message: 'Organization, username or password is wrong, or the account is not active.',
    }),
  /** Told to who knows the password only. */
  ssoRequired: () =>
    new DomainError({
      code: 'AUTH.SSO_REQUIRED',
      kind: 'forbidden',
      message:
        'Your organization logs in by its identity provider only: GET /api/v1/auth/sso/login?organization=….',
    }),
  tooManyAttempts: () =>
    new DomainError({
      code: 'AUTH.TOO_MANY_ATTEMPTS',
      kind: 'tooMany',
      logLevel: 'warn',
      message:
        'Too many failed logins; wait a quarter of an hour, or ask an administrator for a new password.',
    }),
  required: () =>
    new DomainError({
      code: 'AUTH.REQUIRED',
      kind: 'unauthenticated',
      message: 'Send a valid access token: `Authorization: Bearer …`. Log in again if it expired.',
    }),
  forbidden: (permission: string) =>
    new DomainError({
      code: 'AUTH.FORBIDDEN',
      kind: 'forbidden',
      message: `This needs the permission ${permission}, which your role, or your API key, does not have.`,
    }),
  /** Also where the permission would be there: a program cannot answer for it. */
  sessionRequired: () =>
    new DomainError({
      code: 'AUTH.SESSION_REQUIRED',
      kind: 'forbidden',
      message: 'This is for people who have logged in; an API key does not open it.',
    }),
  otherSource: () =>
    new DomainError({
      code: 'AUTH.OTHER_SOURCE',
      kind: 'forbidden',
      message: 'This API key is good for calls about one source only, and this is not one of them.',
    }),
  scopeNotHeld: (scopes: readonly string[]) =>
    new DomainError({
      code: 'API_KEY.SCOPE_NOT_HELD',
      kind: 'forbidden',
      message: `A key cannot be allowed more than its owner and you are: ${scopes.join(', ')}.`,
      details: { scopes },
    }),
  tooManyApiKeys: (most: number) =>
    new DomainError({
      code: 'API_KEY.TOO_MANY',
      kind: 'conflict',
      message: `There are ${most} API keys already; revoke those that nobody uses any more.`,
    }),
  apiKeyNotFound: () =>
    new DomainError({
      code: 'API_KEY.NOT_FOUND',
      kind: 'notFound',
      message: 'There is no such API key.',
    }),
  passwordChangeRequired: () =>
    new DomainError({
      code: 'AUTH.PASSWORD_CHANGE_REQUIRED',
      kind: 'forbidden',
      message: 'Change your initial password first: POST /api/v1/auth/change-password.',
    }),
  /** One answer for every reason. */
  sessionEnded: () =>
    new DomainError({
      code: 'AUTH.SESSION_ENDED',
      kind: 'unauthenticated',
      message:
        'The session is over, or this is not a refresh token that can be used; log in again.',
    }),
  refreshRaced: () =>
    new DomainError({
      code: 'AUTH.REFRESH_RACED',
      kind: 'conflict',
      message:
        'Another request of this client has just used the refresh token; go on with what that one was answered.',
    }),
  csrf: () =>
    new DomainError({
      code: 'AUTH.CSRF',
      kind: 'forbidden',
      logLevel: 'warn',
      message:
        'A refresh token in a cookie is taken from the own origin only, with the header X-DriftGuard-CSRF: 1.',
    }),
  sessionNotFound: () =>
    new DomainError({
      code: 'SESSION.NOT_FOUND',
      kind: 'notFound',
      message: 'There is no such session.',
    }),
  wrongCurrentPassword: () =>
    new DomainError({
      code: 'AUTH.WRONG_CURRENT_PASSWORD',
      kind: 'invalid',
      message: 'The current password is not right.',
    }),
  twoFactorRequired: () =>
    new DomainError({
      code: 'AUTH.TWO_FACTOR_REQUIRED',
      kind: 'forbidden',
      message:
        'Your organization requires a second factor: set one up (POST /api/v1/auth/two-factor), or prove the one you have (POST /api/v1/auth/step-up).',
    }),
  stepUpRequired: () =>
    new DomainError({
      code: 'AUTH.STEP_UP_REQUIRED',
      kind: 'forbidden',
      message:
        'This needs your second factor, proven within the last ten minutes: POST /api/v1/auth/step-up.',
    }),
  twoFactorEnabled: () =>
    new DomainError({
      code: 'AUTH.TWO_FACTOR_ENABLED',
      kind: 'conflict',
      message: 'There is a second factor already; disable it first.',
    }),
  twoFactorNotBegun: () =>
    new DomainError({
      code: 'AUTH.TWO_FACTOR_NOT_BEGUN',
      kind: 'conflict',
      message: 'There is no second factor; set one up first: POST /api/v1/auth/two-factor.',
    }),
  /** One answer for every reason: a used code is as wrong as any other. */
  wrongCode: () =>
    new DomainError({
      code: 'AUTH.WRONG_CODE',
      kind: 'invalid',
      message: 'The code is not right, or it was used before; take the next one.',
    }),
  tooManyCodes: () =>
    new DomainError({
      code: 'AUTH.TOO_MANY_CODES',
      kind: 'tooMany',
      logLevel: 'warn',
      message: 'Too many wrong codes; wait a quarter of an hour.',
    }),
  challengeOver: () =>
    new DomainError({
      code: 'AUTH.CHALLENGE_OVER',
      kind: 'unauthenticated',
      message: 'The login was begun too long ago, or is finished; begin with the password again.',
    }),
  weakPassword: (message: string) =>
    new DomainError({ code: 'AUTH.WEAK_PASSWORD', kind: 'invalid', message }),
};
