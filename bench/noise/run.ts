import { compareCase, readCase, type CaseOutcome } from '../../src/modules/drifts/engine/index.js';
import type { Knowledge } from '../../src/modules/drifts/engine/index.js';
import type { LabelledCase } from './labelled-case.js';
import { naiveVerdicts } from './naive.js';
import { addToScore, emptyScore, type Judgement, type Score } from './score.js';
import { emptyNaive, type NaiveScore } from './table.js';

/** Everything that is counted about a file, or about all of them. */
export class Tally {
  readonly score = emptyScore();
  /** Cases whose label is not of high confidence: reported apart, never mixed in. */
  readonly apart = emptyScore();
  readonly naive: NaiveScore = emptyNaive();
  readonly byClass = new Map<string, Score>();
  readonly byType = new Map<string, Score>();

  add(labelled: LabelledCase, outcome: CaseOutcome): Judgement | undefined {
    if (labelled.drift === null) return undefined;
    if (!labelled.scored) {
      addToScore(this.apart, labelled, outcome);
      return undefined;
    }
    addToScore(scoreOf(this.byClass, labelled.group), labelled, outcome);
    addToScore(scoreOf(this.byType, labelled.type), labelled, outcome);
    const { deepEqual, subset } = naiveVerdicts(labelled);
    this.naive.deepEqualMissed += Number(labelled.drift && !deepEqual);
    this.naive.subsetMissed += Number(labelled.drift && !subset);
    this.naive.deepEqualAlarms += Number(!labelled.drift && deepEqual);
    this.naive.subsetAlarms += Number(!labelled.drift && subset);
    return addToScore(this.score, labelled, outcome);
  }
}

function scoreOf(scores: Map<string, Score>, name: string): Score {
  const score = scores.get(name) ?? emptyScore();
  scores.set(name, score);
  return score;
}

export function outcomeOf({ source }: LabelledCase, knowledge: Knowledge): CaseOutcome {
  return compareCase(readCase(source), knowledge, false);
}

/** What a wrong verdict looked like, for `--verbose`; empty when it was right. */
export function describe(
  labelled: LabelledCase,
  outcome: CaseOutcome,
  judgement: Judgement,
): string[] {
  const kind = judgement.falseAlarm
    ? 'FALSE ALARM'
    : judgement.missed
      ? 'MISSED'
      : judgement.wrongPlace
        ? 'WRONG PLACE'
        : undefined;
  if (kind === undefined) return [];
  const expected = JSON.stringify(labelled.changedPaths);
  const confirmed = outcome.findings.filter(({ verdict }) => verdict === 'confirmed').slice(0, 4);
  return [
    `  ${kind} ${labelled.name} expected ${expected} missing ${outcome.missing.length}`,
    ...confirmed.map(({ path, declared, actual }) =>
      `    ${path}: ${JSON.stringify(declared)} -> ${JSON.stringify(actual)}`.slice(0, 300),
    ),
  ];
}
