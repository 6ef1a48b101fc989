import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { currentScope } from '../context/index.js';
import { AuditTrail } from './audit-trail.js';
import { AUDITED, type AuditedAs } from './audited.decorator.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Records every call that changed something: who, what, before and after. Refused calls changed nothing. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType() !== 'http') return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    if (READING.has(request.method)) return next.handle();
    const audited = this.reflector.get<AuditedAs | undefined>(AUDITED, execution.getHandler());
    if (audited === undefined) return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.record(audited, request, answer);
        return answer;
      }),
    );
  }

  private async record(audited: AuditedAs, request: FastifyRequest, answer: unknown) {
    const scope = currentScope();
    if (scope?.tenant === undefined) throw new Error('an audited call has no tenant');
    await this.trail.record(scope.tenant, {
      action: audited.action,
      resource_type: audited.resourceType,
      resource_id: namedIn(request.params) ?? idOf(answer) ?? scope.tenant.actor.id,
      old_values: scope.valuesBefore ?? null,
      new_values: isPlain(request.body) ? objectOf(request.body) : null,
      ip: request.ip,
    });
  }
}

function idOf(value: unknown): string | null {
  const id = objectOf(value)?.id;
  return typeof id === 'string' ? id : null;
}

/** The id in the path: `{id}`, or the last of `{environment_id}`, `{drift_id}`…. */
function namedIn(params: unknown): string | null {
  const ids = Object.entries(objectOf(params) ?? {}).filter(([name]) => /(?:^|_)id$/.test(name));
  const last = ids.at(-1)?.[1];
  return typeof last === 'string' ? last : null;
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** An upload's body is a stream of bytes, not values. */
function isPlain(body: unknown): boolean {
  return (
    typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype
  );
}
