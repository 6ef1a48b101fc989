import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { createTenantContext, enterTenant, type Permission } from '../context/index.js';
import { BEFORE_PASSWORD_CHANGE, PERMISSION, PUBLIC } from './access.decorators.js';
import { authErrors } from './auth.errors.js';
import { bearerOf, notePrincipal } from './request-principal.js';
import { SessionCheck } from './sessions/session-check.js';

/** The one global guard: token → session → principal → tenant context → permission. Closed by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionCheck,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.declared(PUBLIC, execution) === true) return true;
    const permission = this.declared(PERMISSION, execution) as Permission | undefined;
    if (permission === undefined)
      throw new Error('a handler declares neither permission nor public');

    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const token = bearerOf(request);
    const principal = token === null ? null : await this.sessions.principalOf(token);
    if (principal === null) throw authErrors.required();
    const context = createTenantContext({
      organizationId: principal.organizationId,
      actor: { kind: 'user', id: principal.userId, name: principal.username },
      role: principal.role,
      correlationId: request.id,
    });
    if (principal.mustChangePassword && this.declared(BEFORE_PASSWORD_CHANGE, execution) !== true) {
      throw authErrors.passwordChangeRequired();
    }
    if (!context.permissions.has(permission)) throw authErrors.forbidden(permission);
    notePrincipal(request, principal);
    enterTenant(context);
    return true;
  }

  private declared(key: string, execution: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [
      execution.getHandler(),
      execution.getClass(),
    ]);
  }
}
