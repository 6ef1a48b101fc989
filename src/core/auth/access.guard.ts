import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard, AuthModuleOptions } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AUDITED, type AuditedAs, AuditTrail } from '../audit/index.js';
import {
  createTenantContext,
  enterTenant,
  type Permission,
  type TenantContext,
} from '../context/index.js';
import { TenantScope } from '../database/index.js';
import {
  BEFORE_PASSWORD_CHANGE,
  BEFORE_TWO_FACTOR,
  OPERATOR_ONLY,
  PERMISSION,
  PUBLIC,
  STEP_UP,
} from './access.decorators.js';
import { authErrors } from './auth.errors.js';
import { OperatorCheck } from './operators/operator-check.js';
import type { Principal } from './principal.js';
import { principalOf } from './request-principal.js';
import { KeyLookupFailed } from './tokens/access-token.strategy.js';

/** The one global guard: token → session → principal → tenant context → permission. Closed by default. */
@Injectable()
export class AccessGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditTrail,
    private readonly scope: TenantScope,
    private readonly operators: OperatorCheck,
    options: AuthModuleOptions,
  ) {
    super(options);
  }

  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.declared(PUBLIC, execution) === true) return true;
    if (this.declared(OPERATOR_ONLY, execution) === true) {
      await this.operators.admit(execution.switchToHttp().getRequest<FastifyRequest>());
      return true;
    }
    const permission = this.declared(PERMISSION, execution) as Permission | undefined;
    if (permission === undefined)
      throw new Error('a handler declares neither permission nor public');

    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    await super.canActivate(execution);
    const principal = principalOf(request);
    const { apiKey } = principal;
    const context = createTenantContext({
      organizationId: principal.organizationId,
      actor: apiKey === null ? principal.actor : { ...principal.actor, apiKeyId: apiKey.id },
      role: principal.role,
      correlationId: request.id,
      ...(apiKey !== null && { scopes: apiKey.scopes }),
    });
    const always = this.declared(BEFORE_PASSWORD_CHANGE, execution) === true;
    if (principal.mustChangePassword && !always) throw authErrors.passwordChangeRequired();
    const beforeTwoFactor = always || this.declared(BEFORE_TWO_FACTOR, execution) === true;
    if (principal.mustProveTwoFactor && !beforeTwoFactor) throw authErrors.twoFactorRequired();
    if (!context.permissions.has(permission)) {
      await this.recordDenial(context, permission, execution);
      throw authErrors.forbidden(permission);
    }
    if (this.declared(STEP_UP, execution) === true) refuseWithoutStepUp(principal);
    refuseOtherSource(principal, request);
    enterTenant(context);
    return true;
  }

  private async recordDenial(
    context: TenantContext,
    permission: Permission,
    execution: ExecutionContext,
  ): Promise<void> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const audited = this.declared(AUDITED, execution) as AuditedAs | undefined;
    const [noun = permission] = permission.split(':');
    await this.scope.run(context, () =>
      this.audit.record(context, {
        action: audited?.action ?? 'access',
        resource_type: audited?.resourceType ?? noun,
        new_values: { method: request.method, path: request.url.split('?')[0], permission },
        ip: request.ip,
        user_agent: request.headers['user-agent'] ?? null,
        outcome: { result: 'refused', code: 'AUTH.FORBIDDEN' },
      }),
    );
  }

  /** What passport's strategies made of the request: a principal, or one answer whatever was wrong with the token. */
  override handleRequest<T>(error: unknown, principal: T | false | null, info: unknown): T {
    if (error instanceof Error) throw error;
    const broken = [info].flat().find((one) => one instanceof KeyLookupFailed);
    if (broken !== undefined) throw broken;
    if (principal === false || principal === null) throw authErrors.required();
    return principal;
  }

  private declared(key: string, execution: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [
      execution.getHandler(),
      execution.getClass(),
    ]);
  }
}

/** Nobody can prove a second factor with an API key, so what asks for one is closed to all of them. */
function refuseWithoutStepUp({ sessionId, hasTwoFactor, steppedUp }: Principal): void {
  if (sessionId === null) throw authErrors.sessionRequired();
  if (hasTwoFactor && !steppedUp) throw authErrors.stepUpRequired();
}

/** A key for one source is good for the calls that name it in their path, and for no others. */
function refuseOtherSource({ apiKey }: Principal, { params }: FastifyRequest): void {
  const only = apiKey?.sourceId ?? null;
  if (only === null) return;
  const named = (params as Readonly<Record<string, string | undefined>>).source_id;
  if (named?.toLowerCase() !== only) throw authErrors.otherSource();
}
