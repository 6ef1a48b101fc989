import 'reflect-metadata';
import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { createSystemContext, type TenantContext } from '../../core/context/index.js';
import { SystemSql, TenantScope } from '../../core/database/index.js';
import { loadDeploymentConfig } from '../../deployment-config.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';

export interface OrganizationName {
  readonly id: string;
  readonly slug: string;
}

/** The application without a server, for one command. */
export class AdminApplication {
  private constructor(private readonly app: INestApplicationContext) {}

  static async use<T>(
    context: CommandContext,
    work: (admin: AdminApplication) => Promise<T>,
  ): Promise<T> {
    const config = await loadDeploymentConfig(context.environment);
    // What happens is told on the terminal; the log lines of a service do not belong there.
    const app = await NestFactory.createApplicationContext(
      AppModule.forRoot(config.with({ LOG_LEVEL: 'silent' })),
      { logger: false, abortOnError: false },
    );
    try {
      return await work(new AdminApplication(app));
    } finally {
      await app.close();
    }
  }

  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** All, or the one of this slug. @throws DomainError when there is none of it */
  async organizations(slug: string | null): Promise<OrganizationName[]> {
    const found = await this.get(SystemSql).query<{ id: string; slug: string }>(
      'select id, slug from organizations where $1::text is null or slug = $1 order by slug',
      [slug],
    );
    if (slug !== null && found.length === 0) {
      throw usageError(`There is no organization with the slug ${slug}.`);
    }
    return found;
  }

  /** Runs the work as the system, for the organization of this slug. */
  async as<T>(slug: string, work: (context: TenantContext) => Promise<T>): Promise<T> {
    const [organization] = await this.organizations(slug);
    if (organization === undefined) throw usageError(`There is no organization ${slug}.`);
    const context = createSystemContext(organization.id, 'admin');
    return this.get(TenantScope).run(context, () => work(context));
  }
}
