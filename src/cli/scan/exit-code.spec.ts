import { describe, expect, it } from '@jest/globals';
import type { CoverageStatus } from '../../core/providers/index.js';
import type { ScanResult, ShownDrift } from '../output/scan-result.js';
import { scanExitCode } from './exit-code.js';

const drift = (verdict: ShownDrift['verdict'], severity: ShownDrift['severity']): ShownDrift => ({
  severity,
  driftType: 'modified',
  verdict,
  address: 'a',
  resourceType: 't',
  location: null,
  changes: [],
});

function result(drifts: ShownDrift[], status: CoverageStatus, notChecked = 0): ScanResult {
  return {
    drifts,
    unchecked: [],
    passedOver: [],
    unusedRules: [],
    coverage: [
      {
        provider: 'aws',
        type: 'AWS::S3::Bucket',
        accountId: null,
        region: null,
        status,
        resources: 0,
        pages: 1,
        message: null,
      },
    ],
    counts: {
      declared: 1,
      actual: 1,
      inSync: 0,
      notChecked,
      suppressed: 0,
      ignored: 0,
      notCompared: 0,
    },
  };
}

describe('scanExitCode', () => {
  it('is 0 in sync', () => {
    expect(scanExitCode(result([], 'complete'), 'confirmed')).toBe(0);
  });

  it('is 3 when a type could not be read, or a resource was not looked at', () => {
    expect(scanExitCode(result([], 'denied'), 'confirmed')).toBe(3);
    expect(scanExitCode(result([], 'complete', 1), 'confirmed')).toBe(3);
  });

  it.each(['denied', 'partial'] as const)('is 1 for drift, also where coverage is %s', (status) => {
    expect(scanExitCode(result([drift('confirmed', 'low')], status), 'confirmed')).toBe(1);
  });

  it.each(['failed', 'throttled'] as const)(
    'is 3 when reading %s, whatever was found',
    (status) => {
      expect(scanExitCode(result([drift('confirmed', 'low')], status), 'confirmed')).toBe(3);
    },
  );

  it.each([
    ['confirmed', 'potential', 'high', 0],
    ['potential', 'potential', 'high', 1],
    ['potential', 'unverifiable', 'high', 0],
    ['high', 'confirmed', 'medium', 0],
    ['high', 'confirmed', 'critical', 1],
    ['low', 'potential', 'critical', 0],
    ['none', 'confirmed', 'critical', 0],
  ] as const)(
    'with --fail-on %s: %s drift of severity %s is %d',
    (failOn, verdict, severity, code) => {
      expect(scanExitCode(result([drift(verdict, severity)], 'complete'), failOn)).toBe(code);
    },
  );
});
