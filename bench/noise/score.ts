import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../src/core/providers/index.js';
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

/** Nothing said about a place is the same as calling it equal: it has to be named as not looked at, or not to be told. */
function isNamed(place: string, outcome: CaseOutcome): boolean {
  const spoken = outcome.findings.filter((finding) => finding.verdict !== 'confirmed');
  return [...spoken, ...outcome.not_compared].some(({ path }) => related(path, place));
}

function valueAt(body: JsonValue | undefined, segments: readonly string[]): JsonValue | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return body;
  if (typeof body !== 'object' || body === null) return undefined;
  if (Array.isArray(body)) {
    return segment === '*'
      ? body.map((one) => valueAt(one, rest)).find((one) => one !== undefined)
      : valueAt(body[Number(segment)], rest);
  }
  return Object.hasOwn(body, segment) ? valueAt(body[segment], rest) : undefined;
}

function firstBody({ source }: LabelledCase, side: 'declared' | 'actual'): JsonValue | undefined {
  const key = side === 'declared' ? 'attributes' : 'properties';
  return valueAt(source, [side, 'resources', '0', key]);
}

/** The code says something there, and the live side does not say the same: only then is there something to be honest about. */
function isOpen(labelled: LabelledCase, path: string): boolean {
  const segments = pathSegments(path);
  const declared = valueAt(firstBody(labelled, 'declared'), segments);
  return (
    declared !== undefined &&
    !isDeepStrictEqual(declared, valueAt(firstBody(labelled, 'actual'), segments))
  );
}

/** Every unmanaged resource the label names is listed. */
function listsUnmanaged({ unmanaged }: LabelledCase, outcome: CaseOutcome): boolean {
  const listed = outcome.unmanaged.map((id) => [id, `.${id}`] as const);
  return (
    unmanaged.length > 0 &&
    unmanaged.every((name) => listed.some(([id, end]) => name === id || name.endsWith(end)))
  );
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
  const found = alarmed || listsUnmanaged(labelled, outcome);
  const judgement = {
    falseAlarm: labelled.drift === false && alarmed,
    missed: labelled.drift === true && !found,
    wrongPlace:
      labelled.injected &&
      !(outcome.missing.length > 0 && labelled.changedPaths.includes('')) &&
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
    if (!isOpen(labelled, path)) continue;
    score.notComparable += 1;
    const claimed = confirmed.some((finding) => related(finding.path, path));
    if (claimed || !isNamed(path, outcome)) score.dishonest += 1;
  }
  return judgement;
}
