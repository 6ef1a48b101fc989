import { renderCoverage } from './coverage-table.js';
import { renderDrifts } from './drift-table.js';
import { SEVERITY_ORDER, type ScanResult, type ShownDrift } from './scan-result.js';
import type { Terminal } from './terminal.js';
import { count, printable } from './text.js';

/** The whole result of a scan for people: drifts, coverage, counts. */
export function renderScan(result: ScanResult, terminal: Terminal): string {
  const { drifts, coverage } = result;
  const table = drifts.length === 0 ? '' : `${renderDrifts(drifts, terminal)}\n`;
  return (
    table +
    renderCoverage(coverage, terminal) +
    renderReasons('Not checked', result.unchecked) +
    renderReasons('Not declared, and no news', result.passedOver) +
    renderUnusedRules(result) +
    renderCounts(result, terminal)
  );
}

const SHOWN_REASONS = 8;

/** Unknown is never shown as clean, and nothing is left out in silence: each is named with its reason. */
function renderReasons(title: string, reasons: ScanResult['unchecked']): string {
  if (reasons.length === 0) return '';
  const lines = reasons
    .slice(0, SHOWN_REASONS)
    .map(({ reason, resources }) => `  ${String(resources).padStart(5)}  ${printable(reason)}\n`);
  const more = reasons.length - SHOWN_REASONS;
  return `${title}:\n${lines.join('')}${more > 0 ? `         and ${count(more, 'more reason')}\n` : ''}`;
}

/** A rule with a typing error silences nothing and says nothing. */
function renderUnusedRules({ unusedRules }: ScanResult): string {
  if (unusedRules.length === 0) return '';
  const lines = unusedRules
    .slice(0, SHOWN_REASONS)
    .map(({ name, origin }) => `  ${printable(name)}  (${printable(origin)})\n`);
  const more = unusedRules.length - SHOWN_REASONS;
  return `Ignore rules that silenced nothing:\n${lines.join('')}${more > 0 ? `  and ${more} more\n` : ''}`;
}

function renderCounts({ drifts, counts }: ScanResult, terminal: Terminal): string {
  const lines = [
    `${count(counts.declared, 'resource')} declared, ${counts.actual.toLocaleString('en-US')} live, ${counts.inSync.toLocaleString('en-US')} in sync` +
      (counts.notChecked > 0 ? `, ${counts.notChecked.toLocaleString('en-US')} not checked` : ''),
  ];
  if (counts.suppressed > 0 || counts.ignored > 0 || counts.notCompared > 0) {
    const parts = [
      counts.suppressed > 0
        ? `${count(counts.suppressed, 'harmless difference')} explained away`
        : '',
      counts.ignored > 0 ? `${count(counts.ignored, 'difference')} ignored by rules` : '',
      counts.notCompared > 0 ? `${count(counts.notCompared, 'value')} not comparable` : '',
    ];
    lines.push(parts.filter(Boolean).join(', '));
  }
  lines.push(terminal.paint('bold', verdictLine(drifts, counts.notChecked)));
  return `${lines.join('\n')}\n`;
}

function verdictLine(drifts: readonly ShownDrift[], notChecked: number): string {
  const confirmed = drifts.filter(({ verdict }) => verdict === 'confirmed');
  const unsure = drifts.length - confirmed.length;
  if (drifts.length === 0) {
    return notChecked === 0
      ? 'No drift found'
      : `No drift found in what could be read; ${count(notChecked, 'resource')} not checked`;
  }
  const bySeverity = SEVERITY_ORDER.map((level) => {
    const amount = confirmed.filter(({ severity }) => severity === level).length;
    return amount === 0 ? '' : `${amount} ${level}`;
  }).filter(Boolean);
  const sure =
    confirmed.length === 0
      ? 'No confirmed drift'
      : `${count(confirmed.length, 'confirmed drift')} (${bySeverity.join(', ')})`;
  return unsure === 0 ? sure : `${sure}, ${unsure.toLocaleString('en-US')} to look at`;
}
