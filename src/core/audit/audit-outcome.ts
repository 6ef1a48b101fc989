import { HttpException } from '@nestjs/common';
import { DomainError, statusOf } from '../errors/index.js';
import type { AuditOutcome } from './audit-entry.js';

const FIRST_FAILURE = 500;

/** `refused` where the caller was told no, `failed` where it was our fault. */
export function outcomeOf(error: unknown): AuditOutcome {
  if (error instanceof DomainError) {
    return { result: resultOf(statusOf(error.kind)), code: error.code };
  }
  if (error instanceof HttpException) {
    return { result: resultOf(error.getStatus()), code: `HTTP.${error.getStatus()}` };
  }
  return { result: 'failed', code: 'INTERNAL' };
}

function resultOf(status: number): AuditOutcome['result'] {
  return status < FIRST_FAILURE ? 'refused' : 'failed';
}
