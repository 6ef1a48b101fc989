import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { runInScope, type TenantContext } from '../context/index.js';

/** Opens a tenant's scope outside of HTTP requests: in job processors, commands and tests. */
@Injectable()
export class TenantScope {
  constructor(private readonly em: EntityManager) {}

  /** Runs the work with an entity manager of its own, bound to the tenant. */
  run<T>(context: TenantContext, work: () => Promise<T>): Promise<T> {
    return runInScope({ correlationId: context.correlationId, tenant: context }, () =>
      RequestContext.create(this.em, work),
    );
  }
}
