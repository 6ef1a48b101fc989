import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { currentTenant } from '../../context/index.js';
import { RateLimits } from './rate-limits.js';

/** After the guard, which is the first to know whose request it is. */
@Injectable()
export class OrganizationLimitInterceptor implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const tenant = currentTenant();
    if (execution.getType() === 'http' && tenant !== undefined) {
      const reply = execution.switchToHttp().getResponse<FastifyReply>();
      await this.limits.takeOfOrganization(tenant.organizationId, reply);
    }
    return next.handle();
  }
}
