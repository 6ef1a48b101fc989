// npm run bench:noise -- [CASES.jsonl …] [--verbose] [--by-class]: precision and recall on labelled cases, beside two naive comparisons.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { UnreadableCase } from '../src/modules/drifts/engine/index.js';
import { openKnowledge } from '../src/modules/drifts/knowledge/index.js';
import { Contradictions } from './noise/contradictions.js';
import { readLabelledCases } from './noise/labelled-case.js';
import { describe, outcomeOf, Tally } from './noise/run.js';
import type { Score } from './noise/score.js';
import { heading, naiveRows, row, rule, type NaiveScore } from './noise/table.js';

const CORPUS = 'test/corpus';

const given = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files =
  given.length > 0
    ? given
    : readdirSync(CORPUS)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => path.join(CORPUS, name));
const verbose = process.argv.includes('--verbose');
const byClass = process.argv.includes('--by-class');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const inOrder = (left: string, right: string): number =>
  left.localeCompare(right, 'en', { numeric: true });

function sayClasses(scores: ReadonlyMap<string, Score>): void {
  for (const [name, score] of [...scores].sort(([left], [right]) => inOrder(left, right)))
    say(row(`  ${name}`, score));
}

const knowledge = openKnowledge();
const all = new Tally();
const summary: Record<string, Score & { naive: NaiveScore }> = {};
let unreadable = 0;
let total = 0;
const started = performance.now();

say(heading('file'));
for (const file of files) {
  const tally = new Tally();
  const contradictions = new Contradictions();
  for await (const labelled of readLabelledCases(file)) {
    total += 1;
    contradictions.add(labelled);
    try {
      const outcome = outcomeOf(labelled, knowledge);
      all.add(labelled, outcome);
      const judgement = tally.add(labelled, outcome);
      if (verbose && judgement) describe(labelled, outcome, judgement).forEach(say);
    } catch (error) {
      if (!(error instanceof UnreadableCase)) throw error;
      unreadable += 1;
      say(`  UNREADABLE ${labelled.name}: ${error.message}`);
    }
  }
  const name = path.basename(file);
  summary[name] = { ...tally.score, naive: tally.naive };
  say(row(name, tally.score));
  naiveRows(tally.naive, tally.score).forEach(say);
  for (const contradicted of contradictions.names)
    say(
      `  LABELLED BOTH WAYS ${contradicted}: the same two sides have the opposite label elsewhere`,
    );
  if (tally.apart.cases > 0) say(row('  (labels not of high confidence)', tally.apart));
  if (byClass) sayClasses(tally.byClass);
  else if (verbose)
    sayClasses(new Map([...tally.byType].filter(([, one]) => one.falseAlarms + one.missed > 0)));
}
say(rule());
say(row(`all ${files.length} files, ${total} cases`, all.score));
naiveRows(all.naive, all.score).forEach(say);

const seconds = (performance.now() - started) / 1000;
say(
  JSON.stringify({
    files: summary,
    all: { ...all.score, naive: all.naive },
    unreadable,
    cases: total,
    cases_per_minute: Math.round((60 * total) / seconds),
  }),
);
process.exitCode = unreadable > 0 ? 2 : 0;
