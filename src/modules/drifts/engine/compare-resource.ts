import { COMPARATORS } from './comparators/index.js';
import { PathSet } from './compare/path-set.js';
import { ReportBuilder } from './compare/report-builder.js';
import type { WhyIgnored } from './compare/walk-state.js';
import { compareValues } from './compare/walk.js';
import type { Pair } from './field.js';
import type { ResourceReport } from './findings.js';
import { LENSES } from './lenses/index.js';
import { sameShapeLens } from './lenses/same-shape.js';
import { Place } from './place.js';
import { senseSecurity } from './security/index.js';
import { countLeaves } from './values.js';

/**
 * Compares one matched pair, field by field. Pure: neither side is changed, the same input gives the same report.
 * Never throws on content: a document nested beyond what the stack can walk is reported as not compared.
 */
export function compareResource(pair: Pair): ResourceReport {
  try {
    return comparePair(pair);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { address } = pair.declared;
    const notCompared = [{ address, path: '', reason: 'nested too deeply to be walked' }];
    return {
      address,
      findings: [],
      suppressed: [],
      notCompared,
      declaredLeaves: 1,
      comparedLeaves: 0,
    };
  }
}

function comparePair(pair: Pair): ResourceReport {
  const { declared, actual, options, ignores } = pair;
  const lens =
    LENSES.find((candidate) => candidate.accepts(declared.format, actual.format, pair)) ??
    sameShapeLens;
  const view = lens.open(pair);
  const report = new ReportBuilder(declared.address, options.strict);
  const inCode = new PathSet(declared.ignoredPaths);
  const asked = new PathSet(options.ignorePaths);
  const ignored: WhyIgnored = (path, actualPath) => {
    if (inCode.has(path))
      return { rule: 'ignore:code', why: 'The code itself says to ignore this path.' };
    if (asked.has(path) || asked.has(actualPath)) {
      return { rule: 'ignore:option', why: 'This run was asked to ignore the path.' };
    }
    const rule = ignores?.covering(path, actualPath);
    return (
      rule && { rule: `ignore:${rule.name}`, why: `Ignored by ${rule.name} (${rule.origin}).` }
    );
  };
  const walk = {
    pair,
    comparators: lens.comparators ?? COMPARATORS,
    report,
    ignoresNothing: inCode.empty && asked.empty && (ignores === undefined || ignores.empty),
    ignored,
    unresolved: new PathSet(declared.unresolvedPaths),
    sensitive: new PathSet(declared.sensitivePaths),
    compare: compareValues,
  };
  if (Object.keys(view.actual).length === 0 && Object.keys(actual.properties).length === 0) {
    report.skip(Place.root(), 'the inventory lists the resource without its content');
  } else compareValues(walk, view.declared, view.actual, view.root, Place.root(), 0);
  if (view.inCode) spellInCode(report, view.inCode, ignored);
  const quiet = report.findings.length + report.suppressed.length + report.notCompared.length === 0;
  const declaredLeaves = quiet ? report.comparedLeaves : countLeaves(view.declared);
  return {
    ...(view.gone !== undefined && { gone: view.gone }),
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

/** A lens that rewrote the code answers for its paths; what the code says to ignore is in its own words too. */
function spellInCode(
  report: ReportBuilder,
  inCode: (path: string) => string,
  ignored: WhyIgnored,
): void {
  const spell = <T extends { readonly path: string }>(entry: T): T => ({
    ...entry,
    path: inCode(entry.path),
  });
  const findings = report.findings.splice(0).map(spell);
  report.suppressed.splice(0, Infinity, ...report.suppressed.map(spell));
  report.notCompared.splice(0, Infinity, ...report.notCompared.map(spell));
  for (const finding of findings) {
    const { address, path, actualPath } = finding;
    const reason = ignored(path, actualPath);
    if (reason)
      report.suppressed.push({ address, path, rule: reason.rule, explanation: reason.why });
    else report.findings.push(finding);
  }
}
