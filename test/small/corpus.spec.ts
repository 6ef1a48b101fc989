import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readLabelledCases, type LabelledCase } from '../../bench/noise/labelled-case.js';
import { addToScore, emptyScore } from '../../bench/noise/score.js';
import { compareCase, readCase, type CaseOutcome } from '../../src/modules/drifts/engine/index.js';
import { openKnowledge } from '../../src/modules/drifts/knowledge/index.js';

const CORPUS = path.resolve(import.meta.dirname, '../corpus');
const FILES = readdirSync(CORPUS).filter((name) => name.endsWith('.jsonl'));

/** Classes no pair of bodies can show, with the reason. */
const NOT_A_PAIR: Readonly<Record<string, string>> = {
  F63: 'State lag is about when the two sides were read: a scan knows the moment, a pair does not.',
};
const CLASSES = Array.from({ length: 64 }, (_, index) => `F${index + 1}`);

interface Case {
  readonly labelled: LabelledCase;
  readonly outcome: CaseOutcome;
}

const knowledge = openKnowledge();

async function run(file: string): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const labelled of readLabelledCases(path.join(CORPUS, file)))
    cases.push({ labelled, outcome: compareCase(readCase(labelled.source), knowledge, false) });
  return cases;
}

/** Everything in which an outcome is not what its label says, as sentences; empty when it is right. */
function wrongIn({ labelled, outcome }: Case): string[] {
  const score = emptyScore();
  const { falseAlarm, missed, wrongPlace } = addToScore(score, labelled, outcome);
  const confirmed = outcome.findings
    .filter(({ verdict }) => verdict === 'confirmed')
    .map(({ path: at }) => at || '(whole)');
  const alarm = [...confirmed, ...outcome.missing.map((address) => `${address} missing`)].join(
    ', ',
  );
  const unlisted = labelled.drift === false ? outcome.unmanaged : [];
  return [
    ...(falseAlarm ? [`not silent: ${alarm}`] : []),
    ...(missed ? [`not seen: ${labelled.changedPaths.join(', ')}`] : []),
    ...(wrongPlace && !missed ? [`seen elsewhere: ${alarm}`] : []),
    ...(score.noisyAtForbidden > 0 ? ['reported where nothing may be'] : []),
    ...(score.dishonest > 0 ? ['claims to know what nobody can tell'] : []),
    ...(score.unexplained > 0 ? ['silenced without naming a rule'] : []),
    ...unlisted.map((id) => `${id} called unmanaged`),
  ].map((what) => `${labelled.name}: ${what}`);
}

describe('the corpus of false-positive classes', () => {
  let cases: readonly Case[];

  beforeAll(async () => {
    cases = (await Promise.all(FILES.map(run))).flat();
  });

  it('is silent on every silent twin and speaks at the stated place on every other', () => {
    expect(cases.flatMap(wrongIn)).toEqual([]);
  });

  it('has a silent and a speaking twin of every class', () => {
    const missing = CLASSES.filter((name) => !(name in NOT_A_PAIR)).filter((name) => {
      const drifts = cases
        .filter(({ labelled }) => labelled.group === name)
        .map(({ labelled }) => labelled.drift);
      return !drifts.includes(true) || !drifts.includes(false);
    });
    expect(missing).toEqual([]);
  });

  it('names every case once, and only classes there are', () => {
    const names = cases.map(({ labelled }) => labelled.name);
    expect(names).toHaveLength(new Set(names).size);
    const groups = new Set(cases.map(({ labelled }) => labelled.group));
    expect([...groups].filter((name) => !CLASSES.includes(name))).toEqual([]);
  });

  it('never reads the label', () => {
    for (const { labelled, outcome } of cases.slice(0, 50)) {
      const { expected: _label, ...blind } = labelled.source;
      expect(compareCase(readCase(blind), knowledge, false)).toEqual(outcome);
    }
  });

  it('shows what it silences when asked to be strict', () => {
    const silent = cases.filter(
      ({ labelled, outcome }) => labelled.drift === false && outcome.suppressed.length > 0,
    );
    expect(silent.length).toBeGreaterThan(100);
    for (const { labelled, outcome } of silent) {
      const strict = compareCase(readCase(labelled.source), knowledge, true);
      expect(strict.findings.length).toBeGreaterThan(outcome.findings.length);
      expect(strict.findings.filter(({ verdict }) => verdict === 'confirmed')).toEqual(
        outcome.findings.filter(({ verdict }) => verdict === 'confirmed'),
      );
    }
  });

  it('is one case a line, without blank lines', () => {
    for (const file of FILES) {
      const lines = readFileSync(path.join(CORPUS, file), 'utf8').trimEnd().split('\n');
      expect(lines.filter((line) => !line.startsWith('{"name":'))).toEqual([]);
    }
  });
});
