// npm run bench:noise -- CASES.jsonl … [--verbose]: precision and recall on labelled cases, beside two naive comparisons.
import path from 'node:path';
import { compareCase, readCase, UnreadableCase } from '../src/modules/drifts/engine/index.js';
import { openKnowledge } from '../src/modules/drifts/knowledge/index.js';
import { readLabelledCases } from './noise/labelled-case.js';
import { naiveVerdicts } from './noise/naive.js';
import { addToScore, emptyScore, type Score } from './noise/score.js';

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const verbose = process.argv.includes('--verbose');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (files.length === 0) {
  say('usage: npm run bench:noise -- CASES.jsonl … [--verbose]');
  process.exit(2);
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

function row(name: string, score: Score): string {
  const alarms = score.falseAlarms;
  const found = score.drifted - score.missed;
  return [
    name.padEnd(34),
    String(score.cases).padStart(6),
    `${alarms}/${score.clean}`.padStart(9),
    percent(alarms, score.clean).padStart(8),
    percent(found, found + alarms).padStart(9),
    percent(found, score.drifted).padStart(8),
    percent(score.rightPlace, score.injected).padStart(8),
    `${score.confirmedAtForbidden}/${score.noisyAtForbidden}`.padStart(9),
    (score.clean === 0 ? '–' : ((100 * score.potentialOnClean) / score.clean).toFixed(1)).padStart(
      7,
    ),
    `${score.dishonest}/${score.notComparable}`.padStart(8),
    percent(score.comparedLeaves, score.declaredLeaves).padStart(8),
  ].join(' ');
}

say(
  [
    'file'.padEnd(34),
    ' cases',
    '   alarms',
    '  rate  ',
    'precision',
    '  recall',
    '   place',
    'forbidden',
    'pot/100',
    'dishonest',
    'coverage',
  ].join(' '),
);

const knowledge = openKnowledge();
const summary: Record<string, Score & { naive: Record<string, number> }> = {};
let unreadable = 0;
const started = performance.now();
let total = 0;

for (const file of files) {
  const score = emptyScore();
  const apart = emptyScore();
  const byType = new Map<string, Score>();
  const naive = { deepEqualAlarms: 0, deepEqualMissed: 0, subsetAlarms: 0, subsetMissed: 0 };
  for await (const labelled of readLabelledCases(file)) {
    total += 1;
    try {
      const outcome = compareCase(readCase(labelled.source), knowledge, false);
      if (labelled.drift === null) continue;
      if (!labelled.scored) {
        addToScore(apart, labelled, outcome);
        continue;
      }
      const judgement = addToScore(score, labelled, outcome);
      const typeScore = byType.get(labelled.type) ?? emptyScore();
      byType.set(labelled.type, typeScore);
      addToScore(typeScore, labelled, outcome);
      const { deepEqual, subset } = naiveVerdicts(labelled);
      if (labelled.drift) {
        naive.deepEqualMissed += Number(!deepEqual);
        naive.subsetMissed += Number(!subset);
      } else {
        naive.deepEqualAlarms += Number(deepEqual);
        naive.subsetAlarms += Number(subset);
      }
      if (verbose && (judgement.falseAlarm || judgement.missed || judgement.wrongPlace)) {
        const kind = judgement.falseAlarm
          ? 'FALSE ALARM'
          : judgement.missed
            ? 'MISSED'
            : 'WRONG PLACE';
        const shown = outcome.findings
          .filter((finding) => finding.verdict === 'confirmed')
          .slice(0, 4);
        say(
          `  ${kind} ${labelled.name} expected ${JSON.stringify(labelled.changedPaths)} missing ${outcome.missing.length}`,
        );
        for (const finding of shown) {
          say(
            `    ${finding.path}: ${JSON.stringify(finding.declared)} -> ${JSON.stringify(finding.actual)}`.slice(
              0,
              300,
            ),
          );
        }
      }
    } catch (error) {
      if (!(error instanceof UnreadableCase)) throw error;
      unreadable += 1;
      say(`  UNREADABLE ${labelled.name}: ${error.message}`);
    }
  }
  const name = path.basename(file);
  summary[name] = { ...score, naive };
  say(row(name, score));
  if (apart.cases > 0) say(row('  (labels not of high confidence)', apart));
  if (verbose)
    for (const [type, typeScore] of byType)
      if (typeScore.falseAlarms + typeScore.missed > 0) say(row(`  ${type}`, typeScore));
  say(
    `  naive deep-equal: alarms ${percent(naive.deepEqualAlarms, score.clean)}, recall ${percent(score.drifted - naive.deepEqualMissed, score.drifted)}` +
      `; subset: alarms ${percent(naive.subsetAlarms, score.clean)}, recall ${percent(score.drifted - naive.subsetMissed, score.drifted)}`,
  );
}

const seconds = (performance.now() - started) / 1000;
say(
  JSON.stringify({
    files: summary,
    unreadable,
    cases: total,
    cases_per_minute: Math.round((60 * total) / seconds),
  }),
);
process.exitCode = unreadable > 0 ? 2 : 0;
