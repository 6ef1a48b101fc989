import { expect } from '@jest/globals';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';
import { CLIENT, IdentityProvider, type Person } from './identity-provider.js';

export const COOKIE = '__Secure-driftguard-sso';

export interface Begun {
  readonly status: number;
  readonly location: string;
  readonly cookie: string;
}

/** An installation, a provider, and the way between them. */
export class SsoStand {
  private constructor(
    readonly test: TestContext,
    readonly provider: IdentityProvider,
  ) {}

  static async open(): Promise<SsoStand> {
    return new SsoStand(await TestContext.open(), await IdentityProvider.start());
  }

  async close(): Promise<void> {
    await this.provider.stop();
    await this.test.close();
  }

  /** An organization with single sign-on, and its administrator who set it up. */
  async organization(
    settings: object = {},
  ): Promise<{ organization: TestOrganization; admin: TestUser; token: string }> {
    const organization = await this.test.newOrganization();
    const admin = await this.test.newUser(organization);
    const token = await admin.login();
    const answer = await this.configure(organization, token, settings);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return { organization, admin, token };
  }

  configure({ id }: TestOrganization, token: string, settings: object) {
    return this.test.request(token, 'PUT', `/api/v1/organizations/${id}/sso`, {
      issuer: this.provider.issuer,
      ...CLIENT,
      jit_users: true,
      default_role: 'viewer',
      ...settings,
    });
  }

  async begin(slug: string, refreshIn = 'body'): Promise<Begun> {
    const answer = await this.test.app.inject({
      method: 'GET',
      url: `/api/v1/auth/sso/login?organization=${slug}&refresh_in=${refreshIn}`,
    });
    const cookie = answer.cookies.find((one) => one.name === COOKIE);
    return {
      status: answer.statusCode,
      location: answer.headers.location ?? answer.body,
      cookie: cookie?.value ?? '',
    };
  }

  finish(callback: URL, cookie: string) {
    return this.test.app.inject({
      method: 'GET',
      url: callback.pathname + callback.search,
      headers: { cookie: `${COOKIE}=${cookie}` },
    });
  }

  /** The whole way; answers what the callback answers. */
  async login(slug: string, person: Person) {
    const { location, cookie } = await this.begin(slug);
    const answer = await this.finish(await this.provider.login(person, location), cookie);
    const body = answer.json<Record<string, unknown>>();
    const token = String(body.access_token);
    return { status: answer.statusCode, code: body.code, token };
  }

  async me(token: string): Promise<Record<string, unknown>> {
    return (await this.test.request(token, 'GET', '/api/v1/auth/me')).body;
  }
}
