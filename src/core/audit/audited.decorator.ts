import { SetMetadata } from '@nestjs/common';

export const AUDITED = 'driftguard:audited';

export interface AuditedAs {
  readonly action: string;
  readonly resourceType: string;
}

/**
 * How the audit log names a call of this handler. Every handler that changes something needs it; of those that only read,
 * the ones that answer personal data.
 */
export const Audited = (action: string, resourceType: string) =>
  SetMetadata(AUDITED, { action, resourceType } satisfies AuditedAs);
