import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { createTenantContext, enterTenant, type Permission } from '../context/index.js';
import { BEFORE_PASSWORD_CHANGE, PERMISSION, PUBLIC } from './access.decorators.js';
import { authErrors } from './auth.errors.js';
import type { Principal } from './jwt.strategy.js';

/** The one global guard: token → principal → tenant context → permission. Closed by default. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.declared(PUBLIC, execution) === true) return true;
    const permission = this.declared(PERMISSION, execution) as Permission | undefined;
    if (permission === undefined)
      throw new Error('a handler declares neither permission nor public');

    if ((await super.canActivate(execution)) !== true) throw authErrors.required();
    const request = execution.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
    const { user } = request;
    const context = createTenantContext({
      organizationId: user.organizationId,
      actor: { kind: 'user', id: user.userId, name: user.username },
      role: user.role,
      correlationId: request.id,
    });
    if (user.mustChangePassword && this.declared(BEFORE_PASSWORD_CHANGE, execution) !== true) {
      throw authErrors.passwordChangeRequired();
    }
    if (!context.permissions.has(permission)) throw authErrors.forbidden(permission);
    enterTenant(context);
    return true;
  }

  /** Passport's reasons (no token, expired, wrong signature) become one answer; its faults stay faults. */
  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error instanceof Error) throw error;
    if (error !== null && error !== undefined) throw new Error('login failed', { cause: error });
    if (user === false) throw authErrors.required();
    return user;
  }

  private declared(key: string, execution: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [
      execution.getHandler(),
      execution.getClass(),
    ]);
  }
}
