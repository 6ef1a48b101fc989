import type { CaseOutcome } from '../../src/modules/drifts/engine/index.js';
import { pathSegments } from '../../src/modules/drifts/engine/compare/path-set.js';
import type { LabelledCase } from './labelled-case.js';

export interface Score {
  cases: number;
  clean: number;
  falseAlarms: number;
  drifted: number;
  missed: number;
  injected: number;
  rightPlace: number;
  confirmedAtForbidden: number;
  noisyAtForbidden: number;
  potentialOnClean: number;
  notComparable: number;
  dishonest: number;
  declaredLeaves: number;
  comparedLeaves: number;
  unexplained: number;
}

export function emptyScore(): Score {
  return {
    cases: 0,
    clean: 0,
    falseAlarms: 0,
    drifted: 0,
    missed: 0,
    injected: 0,
    rightPlace: 0,
    confirmedAtForbidden: 0,
    noisyAtForbidden: 0,
    potentialOnClean: 0,
    notComparable: 0,
    dishonest: 0,
    declaredLeaves: 0,
    comparedLeaves: 0,
    unexplained: 0,
  };
}

/** Equal, or one is the parent of the other. */
function related(left: string, right: string): boolean {
  const [a, b] = [pathSegments(left), pathSegments(right)];
  return a.slice(0, b.length).every((segment, index) => segment === b[index]);
}

/** The finding stands at the place or below it. */
function within(place: string, path: string): boolean {
  const segments = pathSegments(path);
  return pathSegments(place).every((segment, index) => segment === segments[index]);
}

export interface Judgement {
  readonly falseAlarm: boolean;
  readonly missed: boolean;
  readonly wrongPlace: boolean;
}

/** Adds one outcome to a score, as docs/accuracy.md defines each column. */
export function addToScore(score: Score, labelled: LabelledCase, outcome: CaseOutcome): Judgement {
  const confirmed = outcome.findings.filter((finding) => finding.verdict === 'confirmed');
  const alarmed = confirmed.length > 0 || outcome.missing.length > 0;
  const judgement = {
    falseAlarm: labelled.drift === false && alarmed,
    missed: labelled.drift === true && !alarmed,
    wrongPlace:
      labelled.injected &&
      !confirmed.some((finding) =>
        labelled.changedPaths.some((path) => related(finding.path, path)),
      ),
  };
  score.cases += 1;
  score.declaredLeaves += outcome.coverage.declared_leaves;
  score.comparedLeaves += outcome.coverage.compared_leaves;
  score.unexplained += outcome.suppressed.filter((entry) => entry.rule === '').length;
  if (labelled.drift === false) {
    score.clean += 1;
    score.potentialOnClean += outcome.findings.filter(
      (finding) => finding.verdict === 'potential',
    ).length;
  } else score.drifted += 1;
  if (judgement.falseAlarm) score.falseAlarms += 1;
  if (judgement.missed) score.missed += 1;
  if (labelled.injected) score.injected += 1;
  if (labelled.injected && !judgement.wrongPlace) score.rightPlace += 1;
  for (const path of labelled.mustNotReport) {
    const here = outcome.findings.filter((finding) => within(path, finding.path));
    if (here.some((finding) => finding.verdict === 'confirmed')) score.confirmedAtForbidden += 1;
    if (here.some((finding) => finding.verdict !== 'unverifiable')) score.noisyAtForbidden += 1;
  }
  for (const path of labelled.notComparable) {
    score.notComparable += 1;
    if (confirmed.some((finding) => related(finding.path, path))) score.dishonest += 1;
  }
  return judgement;
}
