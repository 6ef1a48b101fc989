import type { ActualResource, DeclaredResource } from '../../../core/providers/index.js';
import type { Finding, ResourceReport } from './findings.js';

export interface Parents {
  readonly declared: DeclaredResource;
  readonly actual: ActualResource;
  /** Further live resources the declared one is a part of; none for nearly everything. */
  readonly besides: readonly ActualResource[];
}

const labelOf = ({ name, id }: ActualResource): string => name ?? id;

/** One parent that has lost the part while others still hold it. */
function lost({ address }: DeclaredResource, parent: ActualResource, why: string): Finding {
  return {
    address,
    path: '',
    actualPath: '',
    verdict: 'confirmed',
    change: 'removed',
    declared: labelOf(parent),
    actual: null,
    rule: 'part-removed',
    explanation: why,
    sensitive: false,
    security: null,
  };
}

/**
 * A part that the code gives to several resources at once (one policy for two queues) is compared with each; a difference
 * says in which. Gone is what none of them has any more.
 */
export function compareEverywhere(
  { declared, actual, besides }: Parents,
  compareWith: (actual: ActualResource) => ResourceReport,
): ResourceReport {
  if (besides.length === 0) return compareWith(actual);
  const all = [actual, ...besides].map((parent) => ({ parent, report: compareWith(parent) }));
  const [first] = all;
  const everywhere = all.every(({ report }) => report.gone !== undefined);
  if (first === undefined || everywhere) return first?.report ?? compareWith(actual);
  const reports = all.map(({ report }) => report);
  return {
    address: declared.address,
    findings: all.flatMap(({ parent, report }) =>
      report.gone === undefined
        ? report.findings.map((finding) => ({
            ...finding,
            explanation: `${labelOf(parent)}: ${finding.explanation}`,
          }))
        : [lost(declared, parent, report.gone)],
    ),
    suppressed: reports.flatMap(({ suppressed }) => suppressed),
    notCompared: first.report.notCompared,
    declaredLeaves: first.report.declaredLeaves,
    comparedLeaves: Math.min(...reports.map(({ comparedLeaves }) => comparedLeaves)),
  };
}
