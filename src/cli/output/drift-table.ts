import type { Terminal } from './terminal.js';
import { inReadingOrder, VERDICT_ORDER, type ShownChange, type ShownDrift } from './scan-result.js';
import { cell, renderTable, type Cell, type Column } from './table.js';
import { count, displayWidth, printable, wrap } from './text.js';
import { changeLines, showChange } from './value.js';

const COLORS = {
  critical: 'redBright',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  confirmed: 'bold',
  potential: 'dim',
  unverifiable: 'dim',
} as const;

const COLUMNS: readonly Column[] = [
  { title: 'SEVERITY', min: 8 },
  { title: 'RESOURCE', min: 20, grow: 1 },
  { title: 'ATTRIBUTE', min: 14, grow: 1 },
  { title: 'DECLARED → ACTUAL', min: 24, grow: 1.4 },
  { title: 'VERDICT', min: 9 },
];
/** A resource with more differences than this is read in the JSON, not in a table. */
const SHOWN_CHANGES = 12;
/** Of the differences that may be none, enough to see what kind they are. */
const SHOWN_UNSURE = 3;
const SHOWN_DRIFTS = 200;
/** Below this five columns are too narrow to read: attributes go under their resource. */
const TABLE_WIDTH = 96;

/** Drifts as a table, worst first; a resource's further attributes follow on rows of their own. */
export function renderDrifts(drifts: readonly ShownDrift[], terminal: Terminal): string {
  const ordered = inReadingOrder(drifts);
  const shown = ordered.slice(0, SHOWN_DRIFTS);
  const text = terminal.width < TABLE_WIDTH ? stacked(shown, terminal) : table(shown, terminal);
  const hidden = ordered.length - shown.length;
  return hidden === 0 ? text : `${text}  … and ${count(hidden, 'more drifted resource')}\n`;
}

function table(drifts: readonly ShownDrift[], terminal: Terminal): string {
  const { paint, width } = terminal;
  const rows = drifts.flatMap((drift) =>
    shownChanges(drift).map((change, index): Cell[] => [
      index === 0 ? cell(drift.severity, (text) => paint(COLORS[drift.severity], text)) : cell(''),
      index === 0 ? resourceCell(drift) : cell(''),
      cell(attributeText(drift, change)),
      changeCell(drift, change),
      cell(change.verdict, (text) => paint(COLORS[change.verdict], text)),
    ]),
  );
  return renderTable(COLUMNS, rows, {
    width,
    indent: '  ',
    heading: (text) => paint('dim', text),
  });
}

function stacked(drifts: readonly ShownDrift[], { paint, width }: Terminal): string {
  const indent = ' '.repeat(10);
  const blocks = drifts.map((drift) => {
    const head = `${paint(COLORS[drift.severity], drift.severity.padEnd(8))}  ${printable(drift.address)}\n`;
    const who = drift.who ? [paint('dim', drift.who)] : [];
    const lines = shownChanges(drift).flatMap((change) => {
      const { text, lines: layOut } = changeCell(drift, change);
      return [
        `${attributeText(drift, change)}  ${paint(COLORS[change.verdict], change.verdict)}`,
        ...(layOut?.(width - 12) ?? [text]).map((line) => `  ${line}`),
      ];
    });
    return head + [...who, ...lines].map((line) => `${indent}${line}\n`).join('');
  });
  return blocks.join('');
}

/** The address, and below it who made the drift. */
function resourceCell({ address, who }: ShownDrift): Cell {
  const text = printable(address);
  if (!who) return cell(text);
  const widest = displayWidth(who) > displayWidth(text) ? who : text;
  return { text: widest, lines: (width) => [...wrap(text, width), ...wrap(who, width)] };
}

/** A deleted or added resource is one line, whatever attributes it has. */
function shownChanges(drift: ShownDrift): readonly ShownChange[] {
  const whole: ShownChange = {
    attribute: '',
    change: 'modified',
    declared: null,
    actual: null,
    sensitive: false,
    verdict: drift.verdict,
    explanation: null,
    securityCritical: false,
  };
  if (drift.driftType === 'deleted' || drift.driftType === 'added') return [whole];
  if (drift.changes.length === 0) return [whole];
  const surestFirst = [...drift.changes].sort(
    (left, right) => VERDICT_ORDER.indexOf(left.verdict) - VERDICT_ORDER.indexOf(right.verdict),
  );
  const confirmed = surestFirst.filter(({ verdict }) => verdict === 'confirmed').length;
  const limit = Math.min(SHOWN_CHANGES, confirmed + SHOWN_UNSURE);
  const hidden = surestFirst.length - limit;
  if (hidden <= 1) return surestFirst;
  const verdict = surestFirst[limit]?.verdict ?? drift.verdict;
  const rest = { ...whole, attribute: `… ${count(hidden, 'more attribute')}`, verdict };
  return [...surestFirst.slice(0, limit), rest];
}

function attributeText(drift: ShownDrift, change: ShownChange): string {
  if (change.attribute !== '') return printable(change.attribute);
  return drift.driftType === 'modified' ? '' : `(${drift.driftType})`;
}

function changeCell(drift: ShownDrift, change: ShownChange): Cell {
  if (change.attribute.startsWith('… ')) return cell('');
  if (change.attribute === '') {
    if (drift.driftType === 'deleted') return cell('declared → gone');
    if (drift.driftType === 'added') return cell('not declared → exists');
  }
  return { text: showChange(change), lines: (width) => changeLines(change, width) };
}
