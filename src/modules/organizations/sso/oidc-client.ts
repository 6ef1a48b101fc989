import { Injectable } from '@nestjs/common';
import * as library from 'openid-client';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { Config } from '../../../core/config/index.js';
import { DomainError } from '../../../core/errors/index.js';
import { guardedDispatcher, OutboundGuard } from '../../../core/http/outbound/index.js';
import { guardedFetch } from './guarded-fetch.js';
import type { TokenAuthMethod } from './sso-connection.entity.js';
import { ssoErrors } from './sso.errors.js';

export interface OidcSettings {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly token_auth_method: TokenAuthMethod;
}

/** What binds the answer of the provider to the login it answers. */
export interface OidcChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Marked deprecated by the library so that it stands out; development and tests need it. */
const plainHttp: (one: Configuration) => void = Reflect.get(library, 'allowInsecureRequests');

const PATIENCE_SECONDS = 10;
const CLIENT_ERRORS = new Set(['invalid_client', 'unauthorized_client']);

/**
 * Talks to an OpenID provider by openid-client, through the outbound guard. Nothing is kept between calls: neither secrets nor
 * metadata, so a changed key of the provider is known at once.
 */
@Injectable()
export class OidcClient {
  readonly #insecureAllowed: boolean;

  constructor(
    config: Config,
    private readonly guard: OutboundGuard,
  ) {
    this.#insecureAllowed = config.get('NODE_ENV') !== 'production';
  }

  /**
   * Reads the metadata of the provider. Plain HTTP is for development and tests.
   *
   * @throws DomainError `SSO.ISSUER_INSECURE`, `SSO.PROVIDER_UNREACHABLE`, `SSO.DISCOVERY_FAILED`, `OUTBOUND.*`
   */
  tryDiscovery(settings: OidcSettings): Promise<void> {
    return this.#with(settings, () => Promise.resolve());
  }

  /** Where the browser goes to log in: code flow with PKCE, state and nonce. */
  authorizationUrl(
    settings: OidcSettings,
    request: OidcChecks & { readonly scopes: readonly string[]; readonly redirectUri: string },
  ): Promise<URL> {
    return this.#with(settings, async (configuration) => {
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: request.redirectUri,
        scope: request.scopes.join(' '),
        state: request.state,
        nonce: request.nonce,
        code_challenge: await calculatePKCECodeChallenge(request.codeVerifier),
        code_challenge_method: 'S256',
      });
      // The address comes from the provider's metadata, and a browser is sent there.
      if (url.protocol !== 'https:' && !(this.#insecureAllowed && url.protocol === 'http:')) {
        throw ssoErrors.discoveryFailed(settings.issuer, 'its authorization_endpoint is not https');
      }
      return url;
    });
  }

  /**
   * Exchanges the code in `callback` and answers the claims of the ID token, with those of the userinfo endpoint where the
   * token lacks one of `wanted`. The library checks the issuer, audience, signature, expiry, nonce, state and PKCE.
   *
   * @throws DomainError `SSO.PROVIDER_REFUSED`, `SSO.CLIENT_REFUSED`, `SSO.TOKEN_INVALID` and those of `tryDiscovery`
   */
  claims(
    settings: OidcSettings,
    callback: URL,
    checks: OidcChecks,
    wanted: readonly string[],
  ): Promise<Claims> {
    return this.#with(settings, async (configuration) => {
      const tokens = await authorizationCodeGrant(configuration, callback, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const isOurs = claims?.azp === undefined || claims.azp === settings.client_id;
      if (claims === undefined || !isOurs) throw ssoErrors.tokenInvalid();
      const complete = wanted.every((name) => Object.hasOwn(claims, name));
      if (complete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      const more = await fetchUserInfo(configuration, tokens.access_token, claims.sub);
      // What the login was like is for the signed token to say.
      const { amr: _amr, acr: _acr, ...profile } = more;
      return { ...profile, ...claims };
    });
  }

  async #with<T>(
    settings: OidcSettings,
    work: (configuration: Configuration) => Promise<T>,
  ): Promise<T> {
    const issuer = this.#issuerOf(settings.issuer);
    const dispatcher = guardedDispatcher(this.guard, {
      connectTimeoutMs: PATIENCE_SECONDS * 1000,
      idleTimeoutMs: PATIENCE_SECONDS * 1000,
    });
    try {
      const configuration = await this.#discover(settings, issuer, guardedFetch(dispatcher));
      return await work(configuration);
    } catch (error) {
      throw loginError(error);
    } finally {
      await dispatcher.destroy();
    }
  }

  async #discover(
    settings: OidcSettings,
    issuer: URL,
    fetch: ReturnType<typeof guardedFetch>,
  ): Promise<Configuration> {
    const secret = settings.client_secret;
    let found: Configuration;
    try {
      found = await discovery(
        issuer,
        settings.client_id,
        undefined,
        settings.token_auth_method === 'client_secret_post'
          ? ClientSecretPost(secret)
          : ClientSecretBasic(secret),
        {
          timeout: PATIENCE_SECONDS,
          [customFetch]: fetch,
          execute: [enableNonRepudiationChecks, ...(this.#insecureAllowed ? [plainHttp] : [])],
        },
      );
    } catch (error) {
      throw domainErrorIn(error) ?? ssoErrors.discoveryFailed(issuer.href, wordsOf(error), error);
    }
    // The library lets some multi-tenant issuers pass, where anybody of any tenant could log in.
    if (new URL(found.serverMetadata().issuer).href !== issuer.href) {
      throw ssoErrors.discoveryFailed(issuer.href, 'it names another issuer');
    }
    return found;
  }

  #issuerOf(text: string): URL {
    const url = URL.parse(text);
    const plain = url !== null && url.search === '' && url.hash === '' && url.username === '';
    const secure =
      url?.protocol === 'https:' || (this.#insecureAllowed && url?.protocol === 'http:');
    if (!plain || !secure) throw ssoErrors.issuerInsecure(text);
    return url;
  }
}

/** What failed after the discovery. */
function loginError(error: unknown): DomainError {
  const known = domainErrorIn(error);
  if (known !== undefined) return known;
  if (error instanceof AuthorizationResponseError) {
    return ssoErrors.providerRefused(printable(error.error), error);
  }
  if (error instanceof WWWAuthenticateChallengeError) return ssoErrors.clientRefused(error);
  if (error instanceof ResponseBodyError) {
    return CLIENT_ERRORS.has(error.error)
      ? ssoErrors.clientRefused(error)
      : ssoErrors.providerRefused(printable(error.error), error);
  }
  return ssoErrors.tokenInvalid(error);
}

function domainErrorIn(error: unknown, depth = 0): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error) || depth > 5) return undefined;
  return domainErrorIn(error.cause, depth + 1);
}

/** An error code of OAuth is an identifier; whatever else a provider or a forged address says is not repeated. */
function printable(code: string): string {
  return /^[a-z_]{1,60}$/.test(code) ? code : 'for a reason of its own';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it cannot be read';
}
