import { OutboxEvent } from '../../core/outbox/index.js';
import { DriftChange } from './drift-change.entity.js';
import { DriftEvent } from './drift-event.entity.js';
import { StoredIgnoreRule } from './ignore-rules/ignore-rule.entity.js';
import { attributeDriftsJob } from './jobs/attribute-drifts.job.js';
import { scanEnvironmentJob } from './jobs/scan-environment.job.js';
import { ScanCoverage } from './scan-coverage.entity.js';
import { ScanPart, ScanPartPiece } from './scan-part.entity.js';
import { ScanRecollection } from './scan-recollection.entity.js';
import { ScanRun } from './scan-run.entity.js';

export * from './drift-choices.js';
export { DriftEvent } from './drift-event.entity.js';
export { DriftsModule } from './drifts.module.js';
export { DriftsService } from './drifts.service.js';
export { LostScans } from './scans/lost-scans.js';
export { ScansService } from './scans/scans.service.js';

export const driftEntities = [
  ScanRun,
  ScanCoverage,
  ScanPart,
  ScanPartPiece,
  ScanRecollection,
  DriftEvent,
  DriftChange,
  StoredIgnoreRule,
  OutboxEvent,
];
export const driftJobs = [scanEnvironmentJob, attributeDriftsJob];
