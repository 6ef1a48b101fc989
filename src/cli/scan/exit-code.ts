import { EXIT, type ExitCode } from '../exit-codes.js';
import { SEVERITY_ORDER, type ScanResult, type ShownDrift } from '../output/scan-result.js';
import type { FailOn } from './scan-options.js';

/**
 * A scan that broke in reading (throttled, failed, cut off) is partial whatever it found: another run may tell more. What is
 * denied stays denied: there drift that counts wins, and without any the gap does, because it may hide drift.
 */
export function scanExitCode(result: ScanResult, failOn: FailOn): ExitCode {
  const { coverage, drifts, counts: found } = result;
  if (coverage.some(({ status }) => status !== 'complete' && status !== 'denied')) {
    return EXIT.partialCoverage;
  }
  if (drifts.some((drift) => counts(drift, failOn))) return EXIT.drift;
  const denied = coverage.some(({ status }) => status === 'denied');
  return denied || found.notChecked > 0 ? EXIT.partialCoverage : EXIT.inSync;
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
