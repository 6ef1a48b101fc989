import type { CoverageStatus } from '../../core/providers/index.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { SEVERITY_ORDER, type ScanResult, type ShownDrift } from '../output/scan-result.js';
import type { FailOn } from './scan-options.js';

const BROKEN: readonly CoverageStatus[] = ['failed', 'throttled'];

/**
 * Where reading failed or was throttled the scan is partial whatever it found: another run may tell more. Other gaps (denied, or
 * a listing that proves no absence) stay as they are: there drift that counts wins, and without any the gap does, because it may
 * hide drift.
 */
export function scanExitCode(result: ScanResult, failOn: FailOn): ExitCode {
  const { coverage, drifts, counts: found } = result;
  if (coverage.some(({ status }) => BROKEN.includes(status))) return EXIT.partialCoverage;
  if (drifts.some((drift) => counts(drift, failOn))) return EXIT.drift;
  const gap = coverage.some(({ status }) => status !== 'complete');
  return gap || found.notChecked > 0 ? EXIT.partialCoverage : EXIT.inSync;
}

function counts({ verdict, severity }: ShownDrift, failOn: FailOn): boolean {
  switch (failOn) {
    case 'none':
      return false;
    case 'potential':
      return verdict !== 'unverifiable';
    case 'confirmed':
      return verdict === 'confirmed';
    case 'critical':
    case 'high':
    case 'medium':
    case 'low':
      return (
        verdict === 'confirmed' &&
        SEVERITY_ORDER.indexOf(severity) <= SEVERITY_ORDER.indexOf(failOn)
      );
  }
}
