import { DomainError } from '../../../core/errors/index.js';

const forbidden = (code: string, message: string) =>
  new DomainError({ code, kind: 'forbidden', logLevel: 'warn', message });

export const ssoErrors = {
  /** One answer for every reason, also where there is no such organization. */
  notConfigured: () =>
    new DomainError({
      code: 'SSO.NOT_CONFIGURED',
      kind: 'notFound',
      message: 'There is no single sign-on for this organization.',
    }),
  issuerInsecure: (issuer: string) =>
    new DomainError({
      code: 'SSO.ISSUER_INSECURE',
      kind: 'invalid',
      message: `The issuer ${JSON.stringify(issuer)} must begin with https:// and have no query, fragment or user name.`,
    }),
  secretNeeded: () =>
    new DomainError({
      code: 'SSO.SECRET_NEEDED',
      kind: 'invalid',
      message:
        'Give the client_secret. It is kept only as long as issuer and client_id stay the same, so that it is sent to nobody else.',
    }),
  breakGlassNeeded: () =>
    new DomainError({
      code: 'SSO.BREAK_GLASS_NEEDED',
      kind: 'invalid',
      message:
        'To enforce single sign-on name a break_glass_user: an active administrator without a link to the provider, who can still log in with a password when the provider fails.',
    }),
  tooManyAttempts: () =>
    new DomainError({
      code: 'SSO.TOO_MANY_ATTEMPTS',
      kind: 'tooMany',
      logLevel: 'warn',
      message: 'Too many logins were begun from this address; wait a quarter of an hour.',
    }),
  unreachable: (host: string, why: string, cause?: unknown) =>
    new DomainError({
      code: 'SSO.PROVIDER_UNREACHABLE',
      kind: 'unavailable',
      logLevel: 'warn',
      message: `The identity provider at ${host} does not answer (${why}); try again, or ask its administrator.`,
      cause,
    }),
  discoveryFailed: (issuer: string, why: string, cause?: unknown) =>
    new DomainError({
      code: 'SSO.DISCOVERY_FAILED',
      kind: 'invalid',
      message: `${issuer} does not describe itself as an OpenID provider of this name (${why}). Check the issuer against its /.well-known/openid-configuration.`,
      cause,
    }),
  clientRefused: (cause?: unknown) =>
    new DomainError({
      code: 'SSO.CLIENT_REFUSED',
      kind: 'unavailable',
      logLevel: 'warn',
      message:
        'The identity provider does not accept the client id, the client secret or how it is sent; an administrator has to correct the single sign-on settings.',
      cause,
    }),
  /** One answer for every reason. */
  stateInvalid: () =>
    new DomainError({
      code: 'SSO.STATE_INVALID',
      kind: 'unauthenticated',
      message:
        'This login was not begun in this browser, is finished already, or took longer than ten minutes; begin again.',
    }),
  providerRefused: (error: string, cause?: unknown) =>
    new DomainError({
      code: 'SSO.PROVIDER_REFUSED',
      kind: 'unauthenticated',
      message: `The identity provider refused the login: ${error}.`,
      cause,
    }),
  tokenInvalid: (cause?: unknown) =>
    new DomainError({
      code: 'SSO.TOKEN_INVALID',
      kind: 'unauthenticated',
      logLevel: 'warn',
      message:
        'What the identity provider answered does not prove who you are: its token failed a check. Begin again; if it happens again, tell your administrator.',
      cause,
    }),
  emailUnverified: () =>
    forbidden(
      'SSO.EMAIL_UNVERIFIED',
      'The identity provider does not say that it verified your mail address (email, email_verified), which this login needs.',
    ),
  domainNotAllowed: () =>
    forbidden(
      'SSO.DOMAIN_NOT_ALLOWED',
      'Your organization allows single sign-on for mail addresses of its own domains only.',
    ),
  accountExists: () =>
    forbidden(
      'SSO.ACCOUNT_EXISTS',
      'There is a user with your mail address, and a mail address alone does not make it yours. An administrator has to list its domain, or to change the address of that user.',
    ),
  noAccount: () =>
    forbidden(
      'SSO.NO_ACCOUNT',
      'You have no user here, and single sign-on does not make new ones in your organization; ask an administrator.',
    ),
  noRole: () =>
    forbidden(
      'SSO.NO_ROLE',
      'None of your groups has a role here; ask an administrator of the identity provider or of DriftGuard.',
    ),
  accountInactive: () =>
    forbidden(
      'SSO.ACCOUNT_INACTIVE',
      'Your user is deactivated; ask an administrator of your organization.',
    ),
};
