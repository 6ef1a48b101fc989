import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  type Actor,
  createTenantContext,
  type Role,
  type TenantContext,
} from '../context/index.js';
import { DomainError } from '../errors/index.js';

/** What travels through Redis: ids, never credentials. */
export interface JobEnvelope {
  readonly organization_id: string;
  readonly actor: Actor;
  readonly role: Role;
  readonly correlation_id: string;
  readonly payload: object;
}

export function sealEnvelope(context: TenantContext, payload: object): JobEnvelope {
  return {
    organization_id: context.organizationId,
    actor: context.actor,
    role: context.role,
    correlation_id: context.correlationId,
    payload,
  };
}

/** The context of the request that caused the job, rebuilt: same tenant, same actor, same correlation id. */
export function contextOf(envelope: JobEnvelope): TenantContext {
  return createTenantContext({
    organizationId: envelope.organization_id,
    actor: envelope.actor,
    role: envelope.role,
    correlationId: envelope.correlation_id,
  });
}

/** @throws DomainError `JOB.PAYLOAD_INVALID`; final, because trying again does not change the payload. */
export function parsePayload<Payload extends object>(
  job: { readonly name: string; readonly payload: new () => Payload },
  payload: object,
): Payload {
  const parsed = plainToInstance(job.payload, payload);
  const errors = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length === 0) return parsed;
  throw new DomainError({
    code: 'JOB.PAYLOAD_INVALID',
    kind: 'invalid',
    logLevel: 'error',
    message: `The payload of job ${job.name} is not valid: ${errors.map((one) => one.property).join(', ')}.`,
  });
}
