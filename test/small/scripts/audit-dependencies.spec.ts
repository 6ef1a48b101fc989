import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './install-script.js';

interface Audit {
  readonly kind: string;
  readonly lines: readonly string[];
}

/** Reports as npm 11 writes them. */
describe('the audit of dependencies', () => {
  let readAudit: (text: string) => Audit;

  beforeAll(async () => {
    const url = pathToFileURL(path.join(ROOT, 'scripts/audit-dependencies.mjs')).href;
    ({ readAudit } = (await import(url)) as { readAudit: typeof readAudit });
  });

  const counts = { info: 0, low: 3, moderate: 1, high: 0, critical: 0, total: 4 };

  it('passes when nothing serious is known', () => {
    const report = {
      auditReportVersion: 2,
      vulnerabilities: {},
      metadata: { vulnerabilities: counts },
    };
    expect(readAudit(JSON.stringify(report)).kind).toBe('clean');
  });

  it('fails when something serious was found, and names it', () => {
    const report = {
      vulnerabilities: {
        yaml: { name: 'yaml', severity: 'high', range: '<1.0.0', via: [{ title: 'Too deep' }] },
        ms: { name: 'ms', severity: 'low', range: '<1.0.0', via: ['yaml'] },
      },
      metadata: { vulnerabilities: { ...counts, high: 1 } },
    };
    const { kind, lines } = readAudit(JSON.stringify(report));
    expect(kind).toBe('vulnerable');
    expect(lines).toEqual(['high  yaml <1.0.0  Too deep']);
    const uncounted = { metadata: { vulnerabilities: { ...counts, critical: 1 } } };
    expect(readAudit(JSON.stringify(uncounted)).kind).toBe('vulnerable');
  });

  it.each([
    [
      'an endpoint that fails',
      '{"message":"request to https://r/-/npm/v1 failed","error":{"summary":"","detail":""}}',
    ],
    ['an endpoint that is not there', '{"error":{"summary":"404 Not Found","detail":""}}'],
    ['nothing at all', ''],
    ['something else', 'null'],
  ])('says that nothing was checked when the registry answers with %s', (_case, text) => {
    const { kind, lines } = readAudit(text);
    expect(kind).toBe('unanswered');
    expect(lines[0]).not.toBe('');
  });
});
