import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { catchError, concatMap, from, type Observable, switchMap } from 'rxjs';
import { currentScope, type Scope, type TenantContext } from '../context/index.js';
import { Logger } from '../logging/index.js';
import type { AuditEntry } from './audit-entry.js';
import { outcomeOf } from './audit-outcome.js';
import { AuditTrail, type BegunCall } from './audit-trail.js';
import { AUDITED, type AuditedAs } from './audited.decorator.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

type TenantScopeOfCall = Scope & { readonly tenant: TenantContext };

/**
 * Records every call of an audited handler: who, what, before and after, and what became of it. A change is noted before it is
 * made and settled afterwards, so that the end of the process in between loses nothing.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
    private readonly logger: Logger,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType() !== 'http') return next.handle();
    const audited = this.reflector.get<AuditedAs | undefined>(AUDITED, execution.getHandler());
    if (audited === undefined) return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const scope = currentScope();
    if (scope?.tenant === undefined) throw new Error('an audited call has no tenant');
    const call = { audited, request, scope: scope as TenantScopeOfCall };
    return READING.has(request.method) ? this.#reading(call, next) : this.#changing(call, next);
  }

  /** What is read is not there before it is asked for: one entry, before the answer leaves. */
  #reading({ audited, request, scope }: AuditedCall, next: CallHandler): Observable<unknown> {
    const entry = entryOf(audited, request, scope);
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.trail.record(scope.tenant, { ...entry, new_values: queryOf(request) });
        return answer;
      }),
      catchError(async (error: unknown) => {
        await this.trail.record(scope.tenant, { ...entry, outcome: outcomeOf(error) });
        throw error;
      }),
    );
  }

  #changing({ audited, request, scope }: AuditedCall, next: CallHandler): Observable<unknown> {
    const entry: AuditEntry = {
      ...entryOf(audited, request, scope),
      new_values: isPlain(request.body) ? objectOf(request.body) : null,
    };
    return from(this.trail.begin(scope.tenant, entry)).pipe(
      switchMap((begun) =>
        next.handle().pipe(
          concatMap(async (answer: unknown) => {
            await this.#settle(scope, begun, {
              resource_id: namedIn(request.params) ?? idOf(answer) ?? scope.tenant.actor.id,
            });
            return answer;
          }),
          catchError(async (error: unknown) => {
            await this.#settle(scope, begun, { outcome: outcomeOf(error) });
            throw error;
          }),
        ),
      ),
    );
  }

  async #settle(
    scope: TenantScopeOfCall,
    begun: BegunCall | null,
    more: Partial<AuditEntry>,
  ): Promise<void> {
    if (begun === null) return;
    try {
      await this.trail.finish(scope.tenant, begun, {
        ...more,
        old_values: scope.valuesBefore ?? null,
      });
    } catch (error) {
      // The call is over and noted: what cannot be written now is found by the look for lost calls.
      this.logger.write('error', 'the end of an audited call was not recorded', { error });
    }
  }
}

interface AuditedCall {
  readonly audited: AuditedAs;
  readonly request: FastifyRequest;
  readonly scope: TenantScopeOfCall;
}

function entryOf(
  audited: AuditedAs,
  request: FastifyRequest,
  { tenant }: TenantScopeOfCall,
): AuditEntry {
  return {
    action: audited.action,
    resource_type: audited.resourceType,
    resource_id: namedIn(request.params) ?? tenant.actor.id,
    ip: request.ip,
    user_agent: request.headers['user-agent'] ?? null,
  };
}

function queryOf(request: FastifyRequest): Record<string, unknown> | null {
  const query = objectOf(request.query);
  return query === null || Object.keys(query).length === 0 ? null : { ...query };
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
