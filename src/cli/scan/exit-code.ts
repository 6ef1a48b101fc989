import { EXIT, type ExitCode } from '../exit-codes.js';
import { SEVERITY_ORDER, type ScanResult, type ShownDrift } from '../output/scan-result.js';
import type { FailOn } from './scan-options.js';

/** Drift that counts wins over gaps in what was read; a gap wins over "in sync", because it may hide drift. */
export function scanExitCode(result: ScanResult, failOn: FailOn): ExitCode {
  if (result.drifts.some((drift) => counts(drift, failOn))) return EXIT.drift;
  const gap = result.coverage.some(({ status }) => status !== 'complete');
  return gap || result.counts.notChecked > 0 ? EXIT.partialCoverage : EXIT.inSync;
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
