import { DomainError } from '../../core/errors/index.js';
import type { ResolutionType } from './drift-choices.js';

export const driftErrors = {
  notFound: () =>
    new DomainError({
      code: 'DRIFT.NOT_FOUND',
      kind: 'notFound',
      message: 'There is no such drift.',
    }),
  alreadyResolved: (resolvedAt: Date | null, resolutionType: ResolutionType | null) =>
    new DomainError({
      code: 'DRIFT.ALREADY_RESOLVED',
      kind: 'conflict',
      message:
        resolutionType === null
          ? 'The drift is already resolved: a scan found it gone.'
          : `The drift is already resolved (${resolutionType}).`,
      details: {
        resolved_at: resolvedAt?.toISOString() ?? null,
        resolution_type: resolutionType,
      },
    }),
};
