import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../../src/api.js';
import type { Config, ConfigValues } from '../../src/core/config/index.js';
import type { TenantContext } from '../../src/core/context/index.js';
import { migrate, TenantScope } from '../../src/core/database/index.js';
import {
  newOrganization,
  type NewOrganization,
  type TestOrganization,
} from '../factories/organization.factory.js';
import { newUser, type NewUser, type TestUser } from '../factories/user.factory.js';
import { testConfig } from './test-config.js';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The whole application on a migrated database of this Jest worker, connected as the application role. */
export class TestContext {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly config: Config,
  ) {}

  static async open(changes: Partial<ConfigValues> = {}): Promise<TestContext> {
    const config = testConfig(changes);
    await migrate(config);
    const app = await createApi(config);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new TestContext(app, config);
  }

  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** Runs repository and service calls in the scope of a tenant. */
  as<T>(context: TenantContext, work: () => Promise<T>): Promise<T> {
    return this.get(TenantScope).run(context, work);
  }

  newOrganization(fields?: NewOrganization): Promise<TestOrganization> {
    return newOrganization(this, fields);
  }

  newUser(organization: TestOrganization, fields?: NewUser): Promise<TestUser> {
    return newUser(this, organization, fields);
  }

  /** One HTTP request, without a network; `token` null for nobody. */
  async request(
    token: string | null,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ): Promise<Answer> {
    const answer = await this.app.inject({
      method,
      url,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    const isJson = /^application\/(problem\+)?json/.test(answer.headers['content-type'] ?? '');
    return {
      status: answer.statusCode,
      body: isJson ? (JSON.parse(answer.body) as Record<string, unknown>) : {},
      text: answer.body,
      headers: answer.headers,
    };
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}
