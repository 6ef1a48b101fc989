import type { Coverage } from '../../core/providers/index.js';
import { coverageScore } from './scan-result.js';
import { cell, renderTable, type Column } from './table.js';
import type { Terminal } from './terminal.js';
import { count, printable } from './text.js';

const COLUMNS: readonly Column[] = [
  { title: 'TYPE', min: 16 },
  { title: 'WHERE', min: 10 },
  { title: 'READ', min: 9 },
  { title: 'WHY', min: 24, grow: 1 },
];

const COLORS = {
  complete: 'green',
  partial: 'yellow',
  throttled: 'yellow',
  denied: 'red',
  failed: 'red',
} as const;

/** How much could be read; what could not is named, because it may hide drift. */
export function renderCoverage(coverage: readonly Coverage[], terminal: Terminal): string {
  if (coverage.length === 0) return '';
  const gaps = coverage.filter(({ status }) => status !== 'complete');
  const percent = Math.floor(coverageScore(coverage) * 100);
  const head = `Coverage ${percent} %: ${coverage.length - gaps.length} of ${count(coverage.length, 'type')} read completely`;
  if (gaps.length === 0) return `${head}\n`;
  const rows = gaps.map((gap) => [
    cell(printable(gap.type === '*' ? 'all types' : gap.type)),
    cell(printable([gap.accountId, gap.region].filter((part) => part !== null).join(' '))),
    cell(gap.status, (text) => terminal.paint(COLORS[gap.status], text)),
    cell(printable(gap.message ?? '')),
  ]);
  const table = renderTable(COLUMNS, rows, {
    width: terminal.width,
    indent: '  ',
    heading: (text) => terminal.paint('dim', text),
  });
  return `${head}; nothing is reported as deleted from the rest:\n${table}`;
}
