import type { Score } from './score.js';

/** What deep-equal and subset comparison would have said of the same cases. */
export interface NaiveScore {
  deepEqualAlarms: number;
  deepEqualMissed: number;
  subsetAlarms: number;
  subsetMissed: number;
}

export function emptyNaive(): NaiveScore {
  return { deepEqualAlarms: 0, deepEqualMissed: 0, subsetAlarms: 0, subsetMissed: 0 };
}

const NAME = 34;

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Heading and width of each column behind the name; docs/accuracy.md says what they hold. */
const COLUMNS: readonly (readonly [
  title: string,
  width: number,
  cell: (score: Score) => string,
])[] = [
  ['alarms', 8, (score) => (score.clean === 0 ? '–' : `${score.falseAlarms}/${score.clean}`)],
  ['rate', 7, (score) => percent(score.falseAlarms, score.clean)],
  [
    'precision',
    9,
    ({ drifted, missed, falseAlarms }) => percent(drifted - missed, drifted - missed + falseAlarms),
  ],
  ['found', 9, ({ drifted, missed }) => (drifted === 0 ? '–' : `${drifted - missed}/${drifted}`)],
  ['recall', 7, ({ drifted, missed }) => percent(drifted - missed, drifted)],
  ['place', 7, (score) => percent(score.rightPlace, score.injected)],
  ['noise', 6, (score) => `${score.confirmedAtForbidden}/${score.noisyAtForbidden}`],
  [
    'pot/100',
    7,
    ({ clean, potentialOnClean }) =>
      clean === 0 ? '–' : ((100 * potentialOnClean) / clean).toFixed(1),
  ],
  [
    'honest',
    7,
    ({ notComparable, dishonest }) =>
      notComparable === 0 ? '–' : `${notComparable - dishonest}/${notComparable}`,
  ],
  ['covered', 7, (score) => percent(score.comparedLeaves, score.declaredLeaves)],
];

export function heading(first: string): string {
  return [first.padEnd(NAME), ...COLUMNS.map(([title, width]) => title.padStart(width))].join(' ');
}

export function rule(): string {
  return '─'.repeat(NAME + COLUMNS.reduce((sum, [, width]) => sum + width + 1, 0));
}

/** One line of at most 120 columns. */
export function row(name: string, score: Score): string {
  const short = name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
  return [
    short.padEnd(NAME),
    ...COLUMNS.map(([, width, cell]) => cell(score).padStart(width)),
  ].join(' ');
}

export function naiveRows(naive: NaiveScore, { clean, drifted }: Score): string[] {
  const line = (name: string, alarms: number, missed: number): string =>
    [
      `  ${name}`.padEnd(NAME),
      (clean === 0 ? '–' : `${alarms}/${clean}`).padStart(8),
      percent(alarms, clean).padStart(7),
      percent(drifted - missed, drifted - missed + alarms).padStart(9),
      (drifted === 0 ? '–' : `${drifted - missed}/${drifted}`).padStart(9),
      percent(drifted - missed, drifted).padStart(7),
    ].join(' ');
  return [
    line('naive deep-equal', naive.deepEqualAlarms, naive.deepEqualMissed),
    line('naive subset', naive.subsetAlarms, naive.subsetMissed),
  ];
}
