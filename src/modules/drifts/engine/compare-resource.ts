import { COMPARATORS } from './comparators/index.js';
import { PathSet } from './compare/path-set.js';
import { ReportBuilder } from './compare/report-builder.js';
import { compareValues } from './compare/walk.js';
import type { Pair } from './field.js';
import type { ResourceReport } from './findings.js';
import { LENSES } from './lenses/index.js';
import { sameShapeLens } from './lenses/same-shape.js';
import { Place } from './place.js';
import { senseSecurity } from './security/index.js';
import { countLeaves } from './values.js';

/** Compares one matched pair, field by field. Pure: neither side is changed, the same input gives the same report. */
export function compareResource(pair: Pair): ResourceReport {
  const { declared, actual, options } = pair;
  const lens =
    LENSES.find((candidate) => candidate.accepts(declared.format, actual.format, pair)) ??
    sameShapeLens;
  const view = lens.open(pair);
  const report = new ReportBuilder(declared.address);
  const walk = {
    pair,
    comparators: lens.comparators ?? COMPARATORS,
    report,
    ignored: new PathSet([...declared.ignoredPaths, ...options.ignorePaths]),
    unresolved: new PathSet(declared.unresolvedPaths),
    sensitive: new PathSet(declared.sensitivePaths),
    compare: compareValues,
  };
  if (Object.keys(view.actual).length === 0 && Object.keys(actual.properties).length === 0) {
    report.skip(Place.root(), 'the inventory lists the resource without its content');
  } else compareValues(walk, view.declared, view.actual, view.root, Place.root(), 0);
  const quiet = report.findings.length + report.suppressed.length + report.notCompared.length === 0;
  const declaredLeaves = quiet ? report.comparedLeaves : countLeaves(view.declared);
  return {
    address: declared.address,
    findings: report.findings.map((finding) => ({
      ...finding,
      security: senseSecurity(finding, pair),
    })),
    suppressed: report.suppressed,
    notCompared: report.notCompared,
    declaredLeaves,
    comparedLeaves: Math.min(report.comparedLeaves, declaredLeaves),
  };
}
