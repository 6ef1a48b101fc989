import { DomainError } from '../../../core/errors/index.js';

export const scanErrors = {
  alreadyActive: (scanId: string | null) =>
    new DomainError({
      code: 'SCAN.ALREADY_ACTIVE',
      kind: 'conflict',
      message:
        'The environment is being scanned; wait for that scan or cancel it: POST /api/v1/scans/{id}/cancel.',
      details: { scan_id: scanId },
    }),
  inactive: () =>
    new DomainError({
      code: 'ENVIRONMENT.INACTIVE',
      kind: 'conflict',
      message: 'The environment is not active; activate it before scanning it.',
    }),
  detectionDisabled: () =>
    new DomainError({
      code: 'SCAN.DETECTION_DISABLED',
      kind: 'conflict',
      message:
        'Drift detection is switched off for this organization; an administrator can switch drift_detection_enabled on in its settings.',
    }),
  noSources: () =>
    new DomainError({
      code: 'SCAN.NO_SOURCES',
      kind: 'invalid',
      message:
        'The environment has no source of declared state, so there is nothing to compare. Create one: POST /api/v1/sources.',
    }),
  noInventory: (provider: string) =>
    new DomainError({
      code: 'SCAN.NO_INVENTORY',
      kind: 'invalid',
      message: `This installation cannot read the live side of ${provider} yet.`,
      details: { provider },
    }),
  notActive: (status: string) =>
    new DomainError({
      code: 'SCAN.NOT_ACTIVE',
      kind: 'conflict',
      message: `The scan is already over (${status}); there is nothing to cancel.`,
      details: { status },
    }),
  organizationInactive: () =>
    new DomainError({
      code: 'SCAN.ORGANIZATION_INACTIVE',
      kind: 'forbidden',
      message: 'The organization was deactivated before the scan was done.',
    }),
  abandoned: (attempts: number) =>
    new DomainError({
      code: 'SCAN.ABANDONED',
      kind: 'unavailable',
      logLevel: 'error',
      message: `The scan lost its worker ${attempts} times and was given up. Look at the workers' memory and logs, then start a new one.`,
      details: { attempts },
    }),
  internal: (errorId: string) =>
    new DomainError({
      code: 'SCAN.INTERNAL',
      kind: 'unavailable',
      logLevel: 'error',
      message: 'Something unexpected went wrong. Quote the error id when you report it.',
      details: { error_id: errorId },
    }),
};
