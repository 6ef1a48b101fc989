import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { Provider } from 'oidc-provider';

export const CALLBACK = 'http://localhost:8000/api/v1/auth/sso/callback';
export const CLIENT = { client_id: 'driftguard', client_secret: 'a secret of the client' } as const;
/** Registered with the same address, as a mistake or on purpose. */
export const OTHER_CLIENT = { client_id: 'other-app', client_secret: 'another secret' } as const;

export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
  readonly amr?: readonly string[];
}

/** A real OpenID provider (oidc-provider) whose people log in without being asked. */
export class IdentityProvider {
  /** Replaces the ID token of the next answers of the token endpoint. */
  tamper: ((idToken: string) => Promise<string>) | null = null;
  #person: Person = { sub: 'nobody' };

  private constructor(
    readonly issuer: string,
    private readonly server: http.Server,
    private readonly privateJwk: JWK,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const privateJwk = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
    let handle: http.RequestListener = (_request, response) => response.end();
    const server = http.createServer((request, response) => {
      handle(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = new IdentityProvider(issuer, server, privateJwk);
    handle = own.#listener(issuer);
    return own;
  }

  #listener(issuer: string): http.RequestListener {
    const redirect_uris = [CALLBACK];
    const provider: Provider = new Provider(issuer, {
      clients: [
        { ...CLIENT, redirect_uris },
        { ...OTHER_CLIENT, redirect_uris },
      ],
      jwks: { keys: [this.privateJwk] },
      cookies: { keys: ['a key for the cookies of tests'] },
      claims: { openid: ['sub', 'groups', 'amr'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60 },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ ...this.#person, sub: id }),
      }),
      loadExistingGrant: async ({ oidc }) => {
        const accountId = oidc.session?.accountId;
        const clientId = oidc.client?.clientId;
        if (accountId === undefined || clientId === undefined) return undefined;
        const grant = new provider.Grant({ accountId, clientId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (context.path === '/token' && this.tamper !== null && body?.id_token !== undefined) {
        body.id_token = await this.tamper(body.id_token);
      }
    });
    const callback = provider.callback();
    return (request, response) => {
      if (request.url?.startsWith('/interaction/') !== true)
        return void callback(request, response);
      const { sub, amr } = this.#person;
      const login = { accountId: sub, ...(amr === undefined ? {} : { amr: [...amr] }) };
      void provider.interactionFinished(request, response, { login });
    };
  }

  /** A browser that follows the address to the provider and comes back with the address of the callback. */
  async login(person: Person, authorization: string): Promise<URL> {
    this.#person = person;
    const cookies = new Map<string, string>();
    let url = new URL(authorization);
    for (let step = 0; step < 10; step += 1) {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const one of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`the provider says ${await answer.text()}`);
      url = new URL(location, url);
      if (url.href.startsWith(CALLBACK)) return url;
    }
    throw new Error('the provider redirects for ever');
  }

  /** A token with the key of the provider, or another one. */
  async sign(claims: JWTPayload, key?: CryptoKey): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'test' })
      .sign(key ?? (await importJWK(this.privateJwk, 'RS256')));
  }

  /** The token as the provider might have sent it without one of its claims. */
  withoutClaim(idToken: string, name: string): Promise<string> {
    const { [name]: _gone, ...claims } = decodeJwt(idToken);
    return this.sign(claims);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
